type Environment = Readonly<Record<string, string | undefined>>;

/** Where programs, temporary files and native libraries are, how people write and what time it is there, and what Node is told. */
const HANDED_ON =
  /^(?:PATH|HOME|USERPROFILE|SystemRoot|windir|TMPDIR|TMP|TEMP|LANG|LANGUAGE|LC_[A-Z]+|TZ|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|OMP_[A-Z_]+|MALLOC_[A-Z_]+|NODE_(?:OPTIONS|PATH|ENV|ICU_DATA|COMPILE_CACHE|V8_COVERAGE|NO_WARNINGS))$/iu;

/**
 * glibc gives each thread that allocates its own part of memory, and lets go of little of any: a process whose threads take turns needs
 * one, and keeps some 25 MB less.
 */
const DEFAULTS = { MALLOC_ARENA_MAX: "1" };

/**
 * The environment of a process that this one starts to work for it. It is told what to do in messages, and a fault in its native code
 * must not lay open what only this one needs: the admin token, the keys of sites, whatever else the operator's shell holds.
 */
export function childEnvironment(own: Environment = process.env): Record<string, string | undefined> {
  return { ...DEFAULTS, ...Object.fromEntries(Object.entries(own).filter(([name]) => HANDED_ON.test(name))) };
}
