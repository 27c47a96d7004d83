import { setTimeout as delay } from "node:timers/promises";
import { bytesRead, untilItReadsNothing } from "../../load/process-facts.ts";
import { open } from "../../load/raw-socket.ts";
import { withServedCorpus } from "../../load/served-corpus.ts";
import { atLeast, atMost, stress, timed } from "../../support/stress.ts";

const LENGTH = 50 * 1024 * 1024;
const PIECE = Buffer.alloc(64 * 1024, "x");
const HEAD = "POST /api/ask HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";

/** Fifty megabytes where a question belongs, announced by their length or sent in chunks. */
await stress(
  "large-bodies",
  async ({ long }) => {
    const rounds = long ? 20 : 4;
    return withServedCorpus({ passages: 400 }, async ({ url, pid }) => {
      await untilItReadsNothing(pid);
      const sent: Sent[] = [];
      for (let round = 0; round < rounds; round++) {
        sent.push(await send(url, pid, `${HEAD}content-length: ${LENGTH}\r\n\r\n`, PIECE));
        const chunk = Buffer.concat([
          Buffer.from(`${PIECE.length.toString(16)}\r\n`),
          PIECE,
          Buffer.from("\r\n"),
        ]);
        sent.push(await send(url, pid, `${HEAD}transfer-encoding: chunked\r\n\r\n`, chunk));
      }
      return {
        bodies: sent.length,
        refused: sent.filter(({ answer }) => answer.startsWith("HTTP/1.1 413 ")).length,
        left: sent.filter(({ closed }) => !closed).length,
        slowestMilliseconds: Math.round(Math.max(...sent.map(({ milliseconds }) => milliseconds))),
        mostKilobytesRead: Math.round(Math.max(...sent.map(({ read }) => read)) / 1024),
      };
    });
  },
  {
    refused: atLeast(8),
    left: atMost(0),
    mostKilobytesRead: atMost(256),
    slowestMilliseconds: timed(atMost(100)),
  },
);

type Sent = { answer: string; milliseconds: number; read: number; closed: boolean };

/** Sends as fast as it is taken, until the server hangs up. */
async function send(url: string, pid: number, head: string, piece: Buffer): Promise<Sent> {
  const socket = await open(url);
  const before = await bytesRead(pid);
  const begun = performance.now();
  const sent: Sent = { answer: "", milliseconds: Number.POSITIVE_INFINITY, read: 0, closed: false };
  socket.on("data", (data) => {
    if (sent.answer === "") sent.milliseconds = performance.now() - begun;
    sent.answer += data.toString();
  });
  socket.write(head);
  let left = LENGTH;
  const push = () => {
    while (left > 0 && !socket.destroyed) {
      left -= PIECE.length;
      if (!socket.write(piece)) return;
    }
  };
  socket.on("drain", push);
  push();
  for (let waited = 0; waited < 3_000 && !socket.closed; waited += 20) await delay(20);
  sent.closed = socket.closed;
  sent.read = (await bytesRead(pid)) - before;
  socket.destroy();
  return sent;
}
