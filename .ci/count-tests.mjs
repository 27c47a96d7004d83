// Prints `N passed, N failed` from Vitest's reports; fails where a test failed or a project has no report.
import { readFileSync } from "node:fs";

const reports = ["unit", "browser", "stress"].map((project) => readReport(`test-results/${project}.json`));
const passed = reports.reduce((sum, report) => sum + report.numPassedTests, 0);
const failed = reports.reduce((sum, report) => sum + report.numFailedTests + report.brokenFiles, 0);
const whole = reports.every((report) => report.found);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && whole ? 0 : 1;

/** A file that could not be run has no tests to count: it counts as one that failed. */
function readReport(path) {
  try {
    const report = JSON.parse(readFileSync(path, "utf8"));
    const broken = report.testResults.filter(
      ({ status, assertionResults }) => status === "failed" && !assertionResults.length,
    );
    return { ...report, found: true, brokenFiles: broken.length };
  } catch (error) {
    process.stderr.write(`No test report ${path}: ${error.message}\n`);
    return { found: false, numPassedTests: 0, numFailedTests: 0, brokenFiles: 0 };
  }
}
