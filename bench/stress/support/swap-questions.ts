import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Answer } from "../../../src/answer/answer.ts";
import type { Article } from "../../../src/corpus/article.ts";
import { type RenewedServer, until } from "./renewed-server.ts";

/** Of two articles, one is in every generation of even number, the other in every odd one. */
export const EVEN = { file: "even.txt", id: "even", question: "青溪大桥由谁设计？" };
const ODD = { file: "odd.txt", id: "odd", question: "白鹭水库由谁主持修建？" };
export const EVEN_TEXT = "青溪大桥\n\n青溪大桥由工程师沈仲安设计，1931年建成通车，全长412米。\n";
const ODD_TEXT = "白鹭水库\n\n白鹭水库由工程师顾维钧主持修建，1958年蓄水，可灌溉九万亩田。\n";
const ALWAYS = "株洲支援黄冈医疗队累计治愈出院多少例患者？";
export const AT_ONCE = 200;

type Reply = { readonly question: string; readonly generation: string; readonly answer: Answer };

/** Asks while editions are swapped, and judges the answers by the edition that each one names. */
export class SwapQuestions {
  readonly #server: RenewedServer;
  readonly #editions = new Map<string, ReadonlyMap<string, Article>>();
  #errors = 0;
  #mixed = 0;
  #fromOld = 0;
  #fromNew = 0;

  constructor(server: RenewedServer) {
    this.#server = server;
    this.#noteEdition();
  }

  /** Asks from when the new edition is opened until it has answered as often as there are questions at once. */
  async duringSwap(toOdd: boolean): Promise<void> {
    const { status, renew, config, live } = this.#server;
    const before = live.current.generation!;
    const [added, text, removed] = toOdd ? [ODD.file, ODD_TEXT, EVEN.file] : [EVEN.file, EVEN_TEXT, ODD.file];
    const replies: Promise<Reply | undefined>[] = [];
    const asking = until(() => status().state === "opening", "No edition is opened.").then(async () => {
      const ask = (count: number) => replies.push(...Array.from({ length: count }, (_, i) => this.#ask(i)));
      ask(AT_ONCE);
      await until(() => live.current.generation !== before, "No other edition comes.");
      ask(AT_ONCE / 4);
    });
    await renew(async () => {
      await writeFile(join(config.corpusFolder, added), text);
      await rm(join(config.corpusFolder, removed));
    });
    await asking;
    this.#noteEdition();
    for (const reply of await Promise.all(replies)) this.#judge(reply, before);
  }

  figures() {
    return {
      atOnce: AT_ONCE,
      editions: this.#editions.size,
      fromOld: this.#fromOld,
      fromNew: this.#fromNew,
      errors: this.#errors,
      mixed: this.#mixed,
    };
  }

  async #ask(number: number): Promise<Reply | undefined> {
    const question = [EVEN.question, ODD.question, ALWAYS][number % 3]!;
    const response = await fetch(`${this.#server.url}/api/ask`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ question }),
    }).catch(() => undefined);
    const generation = response?.headers.get("wenju-generation");
    if (!response?.ok || !generation) return undefined;
    return { question, generation, answer: (await response.json()) as Answer };
  }

  #judge(reply: Reply | undefined, old: string): void {
    const articles = reply && this.#editions.get(reply.generation);
    if (!reply || !articles) this.#errors++;
    else {
      if (reply.generation === old) this.#fromOld++;
      else this.#fromNew++;
      if (!isOfOneEdition(reply, articles)) this.#mixed++;
    }
  }

  #noteEdition(): void {
    const { generation, chatbot } = this.#server.live.current;
    this.#editions.set(generation!, chatbot.articles);
  }
}

/** Every quote stands in the edition that the answer names, and what is only there is found there. */
function isOfOneEdition({ question, answer }: Reply, articles: ReadonlyMap<string, Article>): boolean {
  const isVerbatim = [...answer.citations, ...answer.related].every(
    ({ articleId, span, quote }) => articles.get(articleId)?.text.slice(span.start, span.end) === quote,
  );
  const own = question === EVEN.question ? EVEN.id : question === ODD.question ? ODD.id : undefined;
  const isFound = answer.citations.some(({ articleId }) => articleId === own);
  const answers = own === undefined ? answer.status === "answered" : isFound === articles.has(own);
  return isVerbatim && answers;
}
