/** Reads a .dockerignore; the function it gives tells of a path below the context whether it stays out of it. */
export function readIgnoredPaths(file: string): Promise<(path: string) => boolean>;
