import type { Passage } from "../../chunk/passage.ts";
import type { CorpusIndex } from "../../indexing/corpus-index.ts";
import type { IndexedSentence } from "../../indexing/sentence-index.ts";
import type { AnswerKind } from "../../question/asking-phrases.ts";
import type { Hit } from "../../retrieve/hit.ts";
import { PassageReader } from "./reading/passage-reader.ts";
import type { FoundPassage } from "./scoring/scoring-task.ts";

/** A sentence of a passage that was found, in the index and folded. */
export type EvidenceSentence = {
  readonly sentence: IndexedSentence;
  readonly passage: Passage;
  /** Offsets are those of the sentence. */
  readonly aligned: string;
  /** The whole text of its article, its title first. */
  readonly article: string;
};

export type Evidence = {
  readonly passages: readonly FoundPassage[];
  /** Those of one passage after the other. */
  readonly sentences: readonly EvidenceSentence[];
};

/** How many passages are looked through for an answer, and were when the ranker was fitted. */
export const EVIDENCE_PASSAGES = 12;

/** Lays out what was found for a question, sentence by sentence. */
export class EvidenceGatherer {
  readonly #reader: PassageReader;

  constructor(index: CorpusIndex) {
    this.#reader = new PassageReader(index);
  }

  /** `kind` is what is asked for. */
  gather(kind: AnswerKind, hits: readonly Hit[]): Evidence {
    const best = Math.max(...hits.map(({ score }) => score), 1e-9);
    const passages: FoundPassage[] = [];
    const sentences: EvidenceSentence[] = [];
    for (const { passage, score } of hits) {
      const { read, indexed } = this.#reader.read(passage);
      const article = this.#reader.readArticle(passage.articleId);
      const candidates = read.sentences.map((sentence) => this.#reader.candidatesIn(sentence, kind));
      passages.push({ passage: read, article, candidates, score: score / best });
      indexed.forEach((sentence, i) => {
        sentences.push({ sentence, passage, aligned: read.sentences[i]!.own.aligned, article });
      });
    }
    return { passages, sentences };
  }
}
