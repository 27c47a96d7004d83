import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "../../load/client.ts";
import { open } from "../../load/raw-socket.ts";
import { readQuestions, withServedCorpus } from "../../load/served-corpus.ts";
import { Tally } from "../../load/tally.ts";
import { atLeast, atMost, stress } from "../../support/stress.ts";

const SOCKETS = 500;
const HEAD = "POST /api/ask HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";

/** How to take a server's connections by sending next to nothing: what is sent at once, and then a piece each second. */
const WAYS: readonly (readonly [first: string, then: string])[] = [
  ["", ""],
  ["POST /api/a", ""],
  [`${HEAD}x-slow: `, "a"],
  [HEAD, "x-more: a\r\n"],
  [`${HEAD}content-length: 1000\r\n\r\n{`, " "],
  [`${HEAD}transfer-encoding: chunked\r\n\r\n`, "1\r\n \r\n"],
];

/** Five hundred connections that are in no hurry. */
await stress(
  "slow-sockets",
  async () => {
    const question = await readQuestions();
    return withServedCorpus({ passages: 400 }, async ({ url }) => {
      const begun = performance.now();
      const closings: number[] = [];
      const sockets = await Promise.all(
        Array.from({ length: SOCKETS }, async (_, number) => {
          const socket = await open(url);
          socket.resume().once("close", () => closings.push(performance.now() - begun));
          dawdle(socket, WAYS[number % WAYS.length]!);
          return socket;
        }),
      );
      const client = new Client(url);
      const others = new Tally();
      for (let number = 0; closings.length < SOCKETS && performance.now() - begun < 20_000; number++) {
        others.add(await client.ask(question(number)), false);
        await delay(50);
      }
      client.close();
      const left = sockets.filter((socket) => !socket.closed).length;
      for (const socket of sockets) socket.destroy();
      const { answered, serverErrors, dropped, malformed, p95 } = others.figures();
      return {
        sockets: SOCKETS,
        left,
        lastClosedSeconds: Math.round(Math.max(...closings) / 100) / 10,
        othersAnswered: answered,
        othersFailed: serverErrors + dropped + malformed,
        othersP95: p95,
      };
    });
  },
  {
    left: atMost(0),
    lastClosedSeconds: atMost(15),
    othersAnswered: atLeast(1),
    othersFailed: atMost(0),
  },
);

function dawdle(socket: Socket, [first, then]: (typeof WAYS)[number]): void {
  socket.write(first);
  if (then === "") return;
  const timer = setInterval(() => socket.write(then), 1_000);
  socket.once("close", () => clearInterval(timer));
}
