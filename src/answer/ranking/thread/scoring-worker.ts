import { parentPort } from "node:worker_threads";
import { collectGarbage } from "../../../collect-garbage.ts";
import { ByteVectors } from "../../../indexing/vectors/byte-vectors.ts";
import type { ReadPassage } from "../reading/read-passage.ts";
import { SentenceScorer } from "../scoring/sentence-scorer.ts";
import type { ScoringReply, ScoringRequest, SentTask } from "./scoring-messages.ts";

/** What this thread knows of a corpus. */
type Corpus = {
  readonly scorer: SentenceScorer;
  readonly passages: Map<string, ReadPassage>;
  readonly articles: Map<string, string>;
};

const corpora = new Map<number, Corpus>();

parentPort?.on("message", (request: ScoringRequest) => {
  const known = corpora.get(request.corpus);
  if (request.type === "open") {
    const [sentences, words] = [request.sentences, request.words].map(
      ({ bytes, dimensions }) => new ByteVectors(bytes, dimensions),
    ) as [ByteVectors, ByteVectors];
    const scorer = new SentenceScorer({ sentences, words });
    corpora.set(request.corpus, { scorer, passages: new Map(), articles: new Map() });
  } else if (request.type === "close") {
    corpora.delete(request.corpus);
    collectGarbage();
  } else if (request.type === "forget") {
    known?.passages.clear();
    known?.articles.clear();
  } else {
    parentPort?.postMessage(answer(request.id, known, request));
  }
});

function answer(id: number, corpus: Corpus | undefined, task: SentTask): ScoringReply {
  try {
    if (!corpus) throw new Error("the corpus was not opened");
    return { id, scores: score(corpus, task) };
  } catch (error) {
    return { id, reason: String(error) };
  }
}

function score({ scorer, passages, articles }: Corpus, task: SentTask): Float64Array {
  for (const passage of task.passages) passages.set(passage.id, passage);
  for (const [id, text] of task.articles) articles.set(id, text);
  const found = task.found.map(({ passageId, ...rest }) => {
    const passage = passages.get(passageId)!;
    return { ...rest, passage, article: articles.get(passage.articleId)! };
  });
  return scorer.score({ question: task.question, meaning: task.meaning, passages: found });
}
