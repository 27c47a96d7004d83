import { polyphonic } from "pinyin-pro";
import { BoundedCache } from "../bounded-cache.ts";
import type { EmbeddingModel } from "../embed/embedding-model.ts";
import type { QuestionVectors } from "../embed/question-embedder.ts";
import type { WordVectors } from "../indexing/word-vectors.ts";
import { runInTurns, type Steps } from "../steps.ts";
import { tagWords } from "../text/segment.ts";
import { analyseQuestion } from "./analyse-question.ts";
import type { AnswerKind } from "./asking-phrases.ts";

/** How the kinds that English asks for are asked for in Chinese. */
export const ASKED_IN_CHINESE: Readonly<Record<AnswerKind, string>> = {
  person: "是谁",
  time: "于什么时候",
  duration: "多久",
  money: "多少钱",
  percentage: "比例是多少",
  number: "多少",
  place: "在哪里",
  reason: "为什么",
  method: "怎么",
  list: "有哪些",
  definition: "是什么",
  "yes-no": "是否",
  thing: "是什么",
};

/** Cosine: below it, the nearest word is merely the least far. */
const NEAR = 0.2;
/** The most frequent words of the corpus are enough, and soon gone through. */
const MOST_WORDS = 20_000;

/** English words that are not looked up again. */
const MOST_NEAREST = 2_000;

export type ReadOptions = {
  readonly signal?: AbortSignal | undefined;
  /** The question's vectors, where the asker can do without them. */
  readonly vectors?: QuestionVectors | undefined;
};

export type EnglishReaderParts = {
  readonly model: EmbeddingModel;
  readonly keywords: { documentFrequency(term: string): number };
  /** The words that others are read by, the most frequent first. */
  readonly words: WordVectors;
};

/**
 * Puts English questions into the words of a Chinese corpus: names by their pinyin (Xiangtan → 湘潭), other words by the nearest
 * of the corpus's words (founded → 创立), with Chinese asking words behind. No grammar: it is searched, never shown.
 */
export class EnglishReader {
  readonly #parts: EnglishReaderParts;
  #lexicon: Promise<Lexicon> | undefined;

  constructor(parts: EnglishReaderParts) {
    this.#parts = parts;
  }

  /** The question in Chinese words where it is English; as it is otherwise. Rejects like `embedQuery`. */
  async read(question: string, options: ReadOptions = {}): Promise<string> {
    const { isEnglish, kind, before, after } = analyseQuestion(dropTranslatedNames(question));
    if (!isEnglish) return question;
    this.#lexicon ??= this.#makeLexicon();
    const lexicon = await this.#lexicon;
    const words = `${before} ${after}`.match(/[\p{Script=Latin}]+|[^\p{Script=Latin}\s()?]+/gu) ?? [];
    const translated = await Promise.all(words.map((word) => this.#translate(word, lexicon, options)));
    const known = [...new Set(translated.filter(Boolean))].sort(
      (a, b) => Number(isName(b)) - Number(isName(a)),
    );
    return known.length === 0 ? question : `${known.join("")}${ASKED_IN_CHINESE[kind]}？`;
  }

  /** Nothing for a word that nothing in the corpus is like. */
  async #translate(word: string, lexicon: Lexicon, { signal, vectors }: ReadOptions): Promise<string> {
    if (!/^\p{Script=Latin}+$/u.test(word) || this.#parts.keywords.documentFrequency(word) > 0) return word;
    if (word.length < 3) return "";
    const name = lexicon.byPinyin.get(word);
    if (name !== undefined) return name;
    const vector = await (vectors?.of(word) ?? this.#parts.model.embedQuery(word, { signal }));
    if (!vector) return "";
    return lexicon.nearest.get(word, () => nearestWord(lexicon, this.#parts.words, vector));
  }

  async #makeLexicon(): Promise<Lexicon> {
    const words = await runInTurns(chineseWords(this.#parts.words));
    const byPinyin = await runInTurns(groupBySound(words.map(({ word }) => word)));
    return { words, byPinyin, nearest: new BoundedCache(MOST_NEAREST) };
  }
}

type Lexicon = {
  readonly words: readonly ChineseWord[];
  readonly byPinyin: ReadonlyMap<string, string>;
  /** What English words were found to be nearest to. */
  readonly nearest: BoundedCache<string>;
};

type ChineseWord = { readonly word: string; readonly id: number };

function* chineseWords({ vocabulary }: WordVectors): Steps<ChineseWord[]> {
  const words: ChineseWord[] = [];
  for (const [id, word] of vocabulary.entries()) {
    if (words.length === MOST_WORDS) break;
    if (!/^\p{Script=Han}{2,4}$/u.test(word)) continue;
    if (tagWords(word).length === 1) words.push({ word, id });
    yield;
  }
  return words;
}

/** The first word of each sound. */
function* groupBySound(words: readonly string[]): Steps<ReadonlyMap<string, string>> {
  const bySound = new Map<string, string>();
  for (const word of words) {
    const sound = romanise(word);
    if (!bySound.has(sound)) bySound.set(sound, word);
    yield;
  }
  return bySound;
}

/** By each character's commonest reading: the library's phrase tables take far more memory than they are worth here. */
function romanise(word: string): string {
  const readings = polyphonic(word, { toneType: "none", type: "array" }) as unknown as string[][];
  return readings.map(([reading = ""]) => reading).join("");
}

/** Xiangtan Central Hospital (湘潭市中心医院): what stands in Chinese need not be translated. */
function dropTranslatedNames(question: string): string {
  if (!/\p{Script=Han}{2}/u.test(question)) return question;
  return question.replace(/(?:\b\p{Lu}[\p{L}'’-]*\s+)+(?=[(（]\p{Script=Han})/gu, "");
}

/** Names go first, as Chinese has them. */
function isName(word: string): boolean {
  return tagWords(word).some(({ tag }) => /^n[rstz]/u.test(tag));
}

function nearestWord({ words }: Lexicon, { vectors }: WordVectors, query: readonly number[]): string {
  const vector = Float32Array.from(query);
  let nearest = "";
  let highest = NEAR;
  for (const { word, id } of words) {
    const cosine = vectors.similarity(id, vector);
    if (cosine < highest) continue;
    highest = cosine;
    nearest = word;
  }
  return nearest;
}
