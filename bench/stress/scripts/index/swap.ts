import { withRenewedServer } from "../../support/renewed-server.ts";
import { tracesOfSecret } from "../../support/residue.ts";
import { atLeast, atMost, stress } from "../../support/stress.ts";
import { FIRST_FILES, SwapQuestions } from "../../support/swap-questions.ts";

/** Editions are put in place while 200 questions are answered; what is renamed is not embedded, what is deleted leaves no trace. */
await stress(
  "swap",
  ({ long }) =>
    withRenewedServer(FIRST_FILES, async (server) => {
      const asked = new SwapQuestions(server);
      const before = await tracesOfSecret(server);
      for (let swap = 0; swap < (long ? 21 : 1); swap++) await asked.swap(swap % 2 === 0);
      const after = await tracesOfSecret(server);
      for (const trace of after) console.error(`swap: the deleted article is still in ${trace}`);
      return { ...asked.figures(), traces: before.length, residue: after.length };
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
