import fs from "node:fs";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { join, relative } from "node:path";

/** What happens at one step of a process that writes below a folder. */
export type DiskPlan = {
  /** Only what is done below it counts. */
  readonly folder: string;
  /** The step at which something happens, the first being 1. */
  readonly at?: number;
  /**
   * `kill`: SIGKILL before the step. `tear`: SIGKILL when it is half done. `stop`: SIGSTOP before it. `notice`: `onNotice` is called.
   * Anything else: the step fails with this code; native code says nothing and leaves half a file.
   */
  readonly what?: string;
  /** Before every step from this one on, `onNotice` is called. */
  readonly noticeFrom?: number;
  /** So many bytes can be written, then the disk is full. */
  readonly room?: number;
};

export type DiskStep = { readonly kind: string; readonly path: string; readonly bytes: number };

let plan: DiskPlan | undefined;
let notice: (() => void) | undefined;
let room = Number.POSITIVE_INFINITY;
let steps: { kind: string; path: string; bytes: number }[] = [];

/** From now on, this happens; nothing where there is no plan. Counting begins anew. */
export function followPlan(next?: DiskPlan, onNotice?: () => void): void {
  plan = next;
  notice = onNotice;
  room = next?.room ?? Number.POSITIVE_INFINITY;
  steps = [];
}

/** The steps since `followPlan`, up to now. */
export function stepsTaken(): readonly DiskStep[] {
  return steps;
}

const real = { ...fs.promises };
type FileHandle = fs.promises.FileHandle;
const pathOf = new WeakMap<FileHandle, string>();

/** Puts itself between this process and its disk: what `node:fs/promises` changes, and what hnswlib writes. */
export async function watchDisk(): Promise<void> {
  Object.assign(fs.promises, {
    open: async (path: string, flags = "r", mode?: fs.Mode) => {
      const open = () => real.open(path, flags, mode);
      const handle = flags === "r" ? await open() : await step("open", path, open);
      pathOf.set(handle, path);
      return handle;
    },
    writeFile: (path: string, data: string | Uint8Array, options?: fs.ObjectEncodingOptions) =>
      step("write", path, () => filling(data, (part) => real.writeFile(path, part, options)), {
        bytes: Buffer.from(data).length,
        half: () => real.writeFile(path, half(data), options),
      }),
    rename: (from: string, to: string) => step("rename", to, () => real.rename(from, to)),
    link: (from: string, to: string) => step("link", to, () => real.link(from, to)),
    mkdir: (path: string, options: fs.MakeDirectoryOptions) =>
      step("mkdir", path, () => real.mkdir(path, options)),
    rm: (path: string, options: fs.RmOptions) =>
      step("rm", path, () => real.rm(path, options), { half: () => removeHalf(path) }),
  });
  syncBuiltinESMExports();
  await watchHandles();
  watchNativeCode();
}

async function watchHandles(): Promise<void> {
  const any = await real.open(process.execPath);
  const handles = Object.getPrototypeOf(any) as FileHandle;
  await any.close();
  const { write, writeFile, sync, truncate } = handles;
  Object.assign(handles, {
    write(this: FileHandle, bytes: Uint8Array, offset = 0, length = bytes.length - offset, position = null) {
      const put = (most: number) => Reflect.apply(write, this, [bytes, offset, most, position]);
      const work = () => {
        // as a full disk does: what fits, and nothing the next time
        if (room < 1) throw failure("ENOSPC", "write");
        const most = Math.min(length, room);
        room -= most;
        return put(most);
      };
      return step("write", pathOf.get(this), work, { bytes: length, half: () => put(length >> 1) });
    },
    writeFile(this: FileHandle, data: string | Uint8Array) {
      const put = (part: Uint8Array) => Reflect.apply(writeFile, this, [part]);
      const work = () => filling(data, put);
      const bytes = Buffer.from(data).length;
      return step("write", pathOf.get(this), work, { bytes, half: () => put(half(data)) });
    },
    sync(this: FileHandle) {
      return step("sync", pathOf.get(this), () => Reflect.apply(sync, this, []));
    },
    truncate(this: FileHandle, length: number) {
      return step("truncate", pathOf.get(this), () => Reflect.apply(truncate, this, [length]));
    },
  });
}

function watchNativeCode(): void {
  const hnswlib = createRequire(join(process.cwd(), "package.json"))(
    "hnswlib-node",
  ) as typeof import("hnswlib-node");
  class Watched extends hnswlib.HierarchicalNSW {
    override writeIndex(file: string): Promise<boolean> {
      const whole = async () => {
        const done = await super.writeIndex(file);
        const last = steps.at(-1);
        if (last?.kind === "native") last.bytes = (await real.stat(file)).size;
        return done;
      };
      const cut = async (left: (bytes: number) => number) => {
        const done = await whole();
        await real.truncate(file, left((await real.stat(file)).size));
        return done;
      };
      const fit = (size: number) => {
        const fits = Math.min(size, room);
        room -= fits;
        return fits;
      };
      const halfOfIt = () => cut((size) => size >> 1);
      const work = () => (room === Number.POSITIVE_INFINITY ? whole() : cut(fit));
      // it reports no error at all
      return step("native", file, work, { half: halfOfIt }).catch(halfOfIt);
    }
  }
  Object.assign(hnswlib, { HierarchicalNSW: Watched });
}

type Ways = { readonly bytes?: number; readonly half?: () => Promise<unknown> };

async function step<T>(
  kind: string,
  path: string | undefined,
  work: () => Promise<T>,
  { bytes = 0, half }: Ways = {},
): Promise<T> {
  if (!plan || !path || relative(plan.folder, path).startsWith("..")) return work();
  steps.push({ kind, path: relative(plan.folder, path), bytes });
  if (plan.noticeFrom !== undefined && steps.length >= plan.noticeFrom) notice?.();
  if (steps.length === plan.at) await happen(plan.what ?? "kill", kind, half);
  return work();
}

async function happen(what: string, kind: string, half: (() => Promise<unknown>) | undefined): Promise<void> {
  if (what === "tear") await half?.();
  if (what === "tear" || what === "kill") process.kill(process.pid, "SIGKILL");
  else if (what === "stop") process.kill(process.pid, "SIGSTOP");
  else if (what === "notice") notice?.();
  else throw failure(what, kind);
}

async function filling<T>(data: string | Uint8Array, put: (part: Uint8Array) => Promise<T>): Promise<T> {
  const bytes = Buffer.from(data as Uint8Array);
  const fits = Math.min(bytes.length, room);
  room -= fits;
  const result = await put(bytes.subarray(0, fits));
  if (fits < bytes.length) throw failure("ENOSPC", "write");
  return result;
}

function half(data: string | Uint8Array): Uint8Array {
  const bytes = Buffer.from(data as Uint8Array);
  return bytes.subarray(0, bytes.length >> 1);
}

async function removeHalf(path: string): Promise<void> {
  if (!(await real.stat(path).catch(() => undefined))?.isDirectory()) return;
  const names = await real.readdir(path);
  for (const name of names.slice(0, names.length >> 1)) await real.rm(join(path, name), { recursive: true });
}

function failure(code: string, kind: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: made for this test, ${kind}`), { code, syscall: kind });
}
