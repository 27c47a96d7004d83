import { ExtractiveComposer } from "./answer/extractive-composer.ts";
import type { CorpusVectors } from "./answer/ranking/scoring/scoring-task.ts";
import type { ScoringThread } from "./answer/ranking/thread/scoring-thread.ts";
import { EvidenceWeigher } from "./answer/ranking/weigh-evidence.ts";
import { Chatbot } from "./chatbot.ts";
import type { EmbeddingModel } from "./embed/embedding-model.ts";
import { QuestionEmbedder } from "./embed/question-embedder.ts";
import type { CorpusIndex } from "./indexing/corpus-index.ts";
import { EnglishReader } from "./question/english-reader.ts";
import { createFollowUpResolver } from "./question/follow-up/follow-up-resolver.ts";
import { SpellingCorrector } from "./question/spelling-corrector.ts";
import { splitComparison } from "./question/split-comparison.ts";
import { ArticleRetriever } from "./retrieve/article-retriever.ts";
import { ComparisonRetriever } from "./retrieve/comparison-retriever.ts";
import { HybridRetriever } from "./retrieve/hybrid-retriever.ts";
import { KeywordRetriever } from "./retrieve/keyword-retriever.ts";
import type { Retriever } from "./retrieve/retriever.ts";
import { VectorRetriever } from "./retrieve/vector-retriever.ts";
import { runInTurns } from "./steps.ts";

/** What can look for passages: words, meaning, or both. */
export const RETRIEVER_NAMES = ["hybrid", "keyword", "vector"] as const;
export type RetrieverName = (typeof RETRIEVER_NAMES)[number];

/** What finds and weighs in an open index. */
export type Finder = {
  readonly index: CorpusIndex;
  readonly model: EmbeddingModel;
  readonly retriever: Retriever;
  readonly weigher: EvidenceWeigher;
};

export type FinderOptions = {
  /** Default `hybrid`. */
  readonly retriever?: RetrieverName | undefined;
  /** Scores sentences meanwhile; without it they are scored on the thread that asks. */
  readonly scoring?: ScoringThread | undefined;
};

/** Makes what the parts of a chatbot share. Others run meanwhile. */
export async function openFinder(
  index: CorpusIndex,
  model: EmbeddingModel,
  { retriever: name, scoring }: FinderOptions = {},
): Promise<Finder> {
  const retriever = await makeRetriever(index, model, name);
  const openScorer = scoring && ((vectors: CorpusVectors) => scoring.openScorer(vectors));
  return { index, model, retriever, weigher: new EvidenceWeigher({ index, model, openScorer }) };
}

/** Puts a chatbot together that answers where the log odds are above `threshold`. Others run meanwhile. */
export async function assembleChatbot(
  { index, model, retriever, weigher }: Finder,
  threshold: number,
): Promise<Chatbot> {
  const { articles, keywords, words } = index;
  const speller = new SpellingCorrector(keywords);
  await runInTurns(speller.prepare());
  const english = new EnglishReader({ model, keywords, words });
  return new Chatbot({
    articles,
    retriever,
    composer: new ExtractiveComposer({ articles, weigher, threshold }),
    resolveFollowUp: createFollowUpResolver(index),
    rephrase: (question, options) => english.read(speller.correct(question), options),
    embedder: new QuestionEmbedder(model),
    textsToEmbed: (question) => splitComparison(question).flatMap((part) => weigher.textsToEmbed(part)),
  });
}

/** Where the weights come from: docs/evaluation.md, "How it decides". */
async function makeRetriever(
  index: CorpusIndex,
  model: EmbeddingModel,
  name: RetrieverName = "hybrid",
): Promise<Retriever> {
  const keyword = new KeywordRetriever(index);
  const vector = new VectorRetriever({ ...index, model });
  if (name === "keyword") return keyword;
  if (name === "vector") return vector;
  const hybrid = new HybridRetriever([
    { retriever: keyword, weight: 0.75, floor: "zero" },
    { retriever: vector, weight: 0.25, floor: "last" },
    { retriever: await runInTurns(ArticleRetriever.opening(index)), weight: 0.5, floor: "zero" },
  ]);
  return new ComparisonRetriever(hybrid);
}
