import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Answer } from "../../../src/answer/answer.ts";
import type { Article } from "../../../src/corpus/article.ts";
import { type RenewedServer, until } from "./renewed-server.ts";
import { SECRET_FILE, SECRET_ID, SECRET_TEXT } from "./residue.ts";

/** Its file has another name, and so the article another id, in every other generation. */
const NAMES = ["even", "odd"];
const BRIDGE = "青溪大桥由谁设计？";
const BRIDGE_TEXT = "青溪大桥\n\n青溪大桥由工程师沈仲安设计，1931年建成通车，全长412米。\n";
/** In every other generation only. */
const SECRET = "璆琳山庄的钥匙藏在哪里？";
const ALWAYS = "株洲支援黄冈医疗队累计治愈出院多少例患者？";
const AT_ONCE = 200;

/** What is served first, besides the bundled articles. */
export const FIRST_FILES = { "even.txt": BRIDGE_TEXT, [SECRET_FILE]: SECRET_TEXT };

type Reply = { readonly question: string; readonly generation: string; readonly answer: Answer };

/** Asks while editions are swapped, and judges the answers by the edition that each one names. */
export class SwapQuestions {
  readonly #server: RenewedServer;
  readonly #editions = new Map<string, ReadonlyMap<string, Article>>();
  #errors = 0;
  #mixed = 0;
  #fromOld = 0;
  #fromNew = 0;
  #embedded = 0;

  constructor(server: RenewedServer) {
    this.#server = server;
    this.#noteEdition();
  }

  /**
   * Renames the one article, and deletes or adds the other; asks as soon as what became of them is opened, and again once it is in place.
   */
  async swap(toOdd: boolean): Promise<void> {
    const { status, renew, config, live } = this.#server;
    const before = live.current.generation!;
    const file = (name: string) => join(config.corpusFolder, name);
    const [from, to] = toOdd ? NAMES : NAMES.toReversed();
    const replies: Promise<Reply | undefined>[] = [];
    const asking = until(() => status().state === "opening", "No edition is opened.").then(async () => {
      const ask = (count: number) => replies.push(...Array.from({ length: count }, (_, i) => this.#ask(i)));
      ask(AT_ONCE);
      await until(() => live.current.generation !== before, "No other edition comes.");
      ask(AT_ONCE / 4);
    });
    await renew(async () => {
      await rename(file(`${from}.txt`), file(`${to}.txt`));
      await (toOdd ? rm(file(SECRET_FILE)) : writeFile(file(SECRET_FILE), SECRET_TEXT));
    });
    await asking;
    if (toOdd) this.#embedded += status().report!.embedded;
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
      renameEmbedded: this.#embedded,
    };
  }

  async #ask(number: number): Promise<Reply | undefined> {
    const question = [BRIDGE, SECRET, ALWAYS][number % 3]!;
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
  const own = question === BRIDGE ? NAMES.find((name) => articles.has(name)) : SECRET_ID;
  const isFound = answer.citations.some(({ articleId }) => articleId === own);
  const answers = question === ALWAYS ? answer.status === "answered" : isFound === articles.has(own ?? "");
  return isVerbatim && answers;
}
