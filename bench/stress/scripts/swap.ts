import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type RenewedServer, withRenewedServer } from "../support/renewed-server.ts";
import { SECRET_FILE, SECRET_TEXT, tracesOfSecret } from "../support/residue.ts";
import { atLeast, atMost, stress } from "../support/stress.ts";
import { EVEN, EVEN_TEXT, SwapQuestions } from "../support/swap-questions.ts";

/** Editions are put in place while 200 questions are answered; what is renamed and deleted leaves no trace. */
await stress(
  "swap",
  ({ long }) =>
    withRenewedServer({ [EVEN.file]: EVEN_TEXT, [SECRET_FILE]: SECRET_TEXT }, async (server) => {
      const asked = new SwapQuestions(server);
      const before = await tracesOfSecret(server);
      for (let swap = 0; swap < (long ? 21 : 1); swap++) await asked.duringSwap(swap % 2 === 0);
      const renameEmbedded = await embeddedByRenameAndDelete(server);
      const after = await tracesOfSecret(server);
      for (const trace of after) console.error(`swap: the deleted article is still in ${trace}`);
      return { ...asked.figures(), renameEmbedded, traces: before.length, residue: after.length };
    }),
  {
    errors: atMost(0),
    mixed: atMost(0),
    fromOld: atLeast(1),
    fromNew: atLeast(50),
    renameEmbedded: atMost(0),
    traces: atLeast(5),
    residue: atMost(0),
  },
);

async function embeddedByRenameAndDelete({ config, renew, status, live }: RenewedServer): Promise<number> {
  const file = (name: string) => join(config.corpusFolder, `${name}.txt`);
  const [from, to] = ["xiangtan-zhongxin-2021", "renamed"];
  await renew(async () => {
    await rename(file(from), file(to));
    await rm(join(config.corpusFolder, SECRET_FILE));
  });
  const { articles } = live.current.chatbot;
  if (articles.has(from) || !articles.has(to)) throw new Error("The renamed article kept its id.");
  return status().report!.embedded;
}
