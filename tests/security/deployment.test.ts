import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { temporaryFolders } from "../support/temporary-folder.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const UNIT = read("docs/examples/wenju.service");
const UPLOADS = read("docs/examples/wenju-uploads.conf");
const NGINX = read("docs/examples/nginx.conf");
const OPERATIONS = read("docs/operations.md");
const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;

describe("the systemd unit", () => {
  const newFolder = temporaryFolders();

  it("writes to its index alone, as a user of its own without rights", () => {
    for (const line of [
      "DynamicUser=yes",
      "ProtectSystem=strict",
      "StateDirectory=wenju",
      "NoNewPrivileges=yes",
      "CapabilityBoundingSet=",
    ])
      expect(UNIT.split("\n")).toContain(line);
    expect(UNIT).not.toMatch(/ReadWritePaths|AmbientCapabilities=\S/u);
  });

  it("sets what the program understands, and keeps the index where the unit may write", () => {
    const environment = Object.fromEntries(
      [...UNIT.matchAll(/^Environment=(.*)$/gmu)].flatMap(([, pairs]) =>
        pairs!.split(" ").map((pair) => pair.split("=")),
      ),
    );
    expect(readConfig({}, environment)).toMatchObject({
      corpusFolder: "/srv/wenju/articles",
      indexFolder: "/var/lib/wenju",
      host: "127.0.0.1",
      clients: { trustedProxies: ["loopback"] },
    });
  });

  it("cannot write to the articles, until one file more lets it and changes nothing else", () => {
    expect(UNIT.split("\n")).toContain("ReadOnlyPaths=/srv/wenju/articles");
    expect(UPLOADS.split("\n").filter((line) => /^\w+=/u.test(line))).toEqual([
      "DynamicUser=no",
      "User=wenju",
      "Group=wenju",
      "ReadOnlyPaths=",
      "ReadWritePaths=/srv/wenju/articles",
    ]);
  });

  it.skipIf(!hasSystemd)(
    `has no fault that systemd sees, with uploads or without${hasSystemd ? "" : " (skipped: no systemd-analyze here)"}`,
    async () => {
      const folder = await newFolder();
      const path = (name: string) => join(ROOT, "docs/examples", name);
      copyFileSync(path("wenju.service"), join(folder, "wenju.service"));
      expect(complaints(folder)).toEqual([]);
      mkdirSync(join(folder, "wenju.service.d"));
      copyFileSync(path("wenju-uploads.conf"), join(folder, "wenju.service.d", "uploads.conf"));
      expect(complaints(folder)).toEqual([]);
    },
  );
});

function complaints(folder: string): string[] {
  const { stderr } = spawnSync("systemd-analyze", ["verify", "wenju.service"], {
    encoding: "utf8",
    env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` },
  });
  return stderr
    .split("\n")
    .filter((line) => line.includes("wenju.service") && !/not executable|No such file/u.test(line));
}

describe("the nginx configuration", () => {
  it("overwrites what clients say of their address, and keeps figures and administration to this machine", () => {
    expect(NGINX).toContain("proxy_set_header X-Forwarded-For $remote_addr;");
    expect(NGINX).not.toContain("$proxy_add_x_forwarded_for");
    expect(NGINX).toMatch(/location = \/metrics \{ return 404; \}/u);
  });

  it("takes bodies as long as the server does, and goes to the port that is the default", () => {
    expect(NGINX).toContain("client_max_body_size 16k;");
    expect(NGINX).toContain(`proxy_pass http://127.0.0.1:${readConfig({}, {}).port};`);
  });
});

describe("docs/operations.md", () => {
  it("mounts the articles read-only, and says which mount and which owner let them be uploaded", () => {
    expect(OPERATIONS).toContain('-v "$PWD/articles:/data/corpus:ro"');
    expect(OPERATIONS).toContain('-v "$PWD/articles:/data/corpus" --env-file');
    expect(OPERATIONS).toContain("chown -R 1000:1000 articles");
  });

  it("leads to the files that are tested", () => {
    for (const path of [
      "examples/wenju.service",
      "examples/wenju-uploads.conf",
      "examples/nginx.conf",
      "../Dockerfile",
    ])
      expect(OPERATIONS).toContain(`(${path})`);
  });
});

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
