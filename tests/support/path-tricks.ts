/** Ways to write the step to the folder above. */
const STEPS_UP = [
  "..",
  "%2e%2e",
  ".%2e",
  "%2E.",
  "%252e%252e",
  "%25252e%25252e",
  "%c0%ae%c0%ae",
  "%e0%80%ae%e0%80%ae",
  "%f0%80%80%ae%f0%80%80%ae",
  "%fc%80%80%80%80%ae%fc%80%80%80%80%ae",
  "%u002e%u002e",
  "....",
  "...",
  "..;",
  "..%00",
  "..%20",
  "..%09",
  "..%0d%0a",
  ".%00.",
  "．．",
  "%ef%bc%8e%ef%bc%8e",
  "‥",
  "。。",
  "․․",
];

/** Ways to write what parts two steps. */
const SEPARATORS = [
  "/",
  "%2f",
  "%2F",
  "%252f",
  "%25252f",
  "\\",
  "%5c",
  "%255c",
  "//",
  "/./",
  "%2f%2f",
  "%c0%af",
  "%c1%9c",
  "%e0%80%af",
  "%f0%80%80%af",
  "%u2215",
  "∕",
  "⁄",
  "／",
  "＼",
  "%ef%bc%8f",
  "/%5c",
  "\\/",
];

/** Every way to write one goes with these of the other. */
const COMMON_STEPS_UP = ["..", "%2e%2e", "%252e%252e"];
const COMMON_SEPARATORS = ["/", "%2f", "%5c"];

/** Addresses of things outside, without a step up. */
const ABSOLUTE = [
  "/etc/passwd",
  "//etc/passwd",
  "%2fetc%2fpasswd",
  "%252fetc%252fpasswd",
  "%2f%2fetc%2fpasswd",
  "file:///etc/passwd",
  "file:%2f%2f%2fetc%2fpasswd",
  "C:/windows/win.ini",
  "C:%5cwindows%5cwin.ini",
  "C:\\windows\\win.ini",
  "%43%3a%5cwindows%5cwin.ini",
  "\\\\localhost\\c$\\windows\\win.ini",
  "%5c%5clocalhost%5cc$%5cwindows%5cwin.ini",
  "\\\\?\\C:\\windows\\win.ini",
  "%5c%5c.%5cpipe%5cwenju",
  "//localhost/etc/passwd",
  "~/.bashrc",
  "~root/.bashrc",
  "%7eroot%2f.bashrc",
  "$HOME/.bashrc",
  "%24%7bHOME%7d%2f.bashrc",
  "/proc/self/environ",
  "%2fproc%2fself%2fenviron",
  "/dev/stdin",
  "CON",
  "NUL.txt",
  "secret.txt::$DATA",
  "secret.txt%00.js",
  "secret.txt%00",
  "%00secret.txt",
  "%00",
  "%",
  "%2",
  "%zz",
  "%ff%fe",
  "%ed%a0%80",
  ".",
  "..",
  "...",
  ".env",
  "%2eenv",
  ".git/config",
  "%2egit%2fconfig",
  "./secret.txt",
  "%2e%2fsecret.txt",
  "link.txt",
  "link.css",
  "linked-folder/secret.txt",
  "linked-folder%2fsecret.txt",
  "self/link.txt",
];

/** What is added behind a whole address, to turn a check's head. */
const ENDINGS = ["", "%00.js", "?", "#", "/.", "%2f.", ";.js", "%23", "%3f"];

/** Paths that try to leave a folder for `file`, each once; written as they go over the wire. */
export function pathTricks(file: string): string[] {
  const ladder = (up: string, separator: string) => `${`${up}${separator}`.repeat(3)}${file}`;
  const ladders = [
    ...STEPS_UP.flatMap((up) => COMMON_SEPARATORS.map((separator) => ladder(up, separator))),
    ...SEPARATORS.flatMap((separator) => COMMON_STEPS_UP.map((up) => ladder(up, separator))),
  ];
  const mixed = SEPARATORS.map((separator) => `..${separator}%2e%2e/..%5c${file}`);
  const ended = ENDINGS.flatMap((ending) => [`../${file}${ending}`, `..%2f${file}${ending}`]);
  const nested = [`....//....//${file}`, `..././..././${file}`, `a/../../${file}`, `a%2f..%2f..%2f${file}`];
  const deep = [`${"../".repeat(64)}etc/passwd`, `${"%2e%2e%2f".repeat(64)}etc%2fpasswd`];
  return [...new Set([...ladders, ...mixed, ...ended, ...nested, ...deep, ...ABSOLUTE])];
}
