import { writeCalibration } from "../../../src/answer/calibration/calibration-store.ts";
import type { CorpusIndex } from "../../../src/indexing/corpus-index.ts";

/** Writes what a real run does once it has found where a new generation says no, without the seconds that finding it takes. */
export function completeIn(indexFolder: string): (index: CorpusIndex) => Promise<void> {
  const outcome = { questions: 100, refused: 0.5 };
  const calibration = { threshold: -2, outside: outcome, inside: outcome };
  return ({ generation }) => writeCalibration(indexFolder, generation, calibration);
}
