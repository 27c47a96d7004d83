import { analyseQuestion } from "../../../src/question/analyse-question.ts";
import {
  type AskedText,
  classifyQuantity,
  cuesOf,
  type QuantityWeights,
} from "../../../src/question/quantities/quantity-classifier.ts";
import { groupOf } from "../prepare-corpora.ts";
import type { TrainingData } from "../reading/training-data.ts";
import { fitClassifier, type LabelledQuestion } from "./fit-classifier.ts";
import { labelAnswer } from "./label-answer.ts";

const FOLDS = 5;

type Taught = LabelledQuestion & { readonly fold: number };

/** Teaches which quantity a question asks for, by the training questions that have an answer. */
export class QuantityTeacher {
  readonly #folds: ReadonlyMap<string, number>;
  readonly #questions: readonly Taught[];
  readonly #models = new Map<number, QuantityWeights>();

  constructor(data: TrainingData) {
    this.#folds = foldsOf(data);
    this.#questions = [...taughtBy(data)].map(({ text, answer, contextId }) => ({
      cues: cuesOf(analyseQuestion(text)),
      label: labelAnswer(answer),
      fold: this.#folds.get(contextId)!,
    }));
  }

  /** What all of them teach. */
  teach(): QuantityWeights {
    return fitClassifier(this.#questions);
  }

  /**
   * What a question asks for, as far as the others teach it: the ranker is to see what it will see of questions that nothing was
   * learnt from. Questions about articles of one group are learnt from together, or not at all.
   */
  expect(contextId: string, question: AskedText): number[] {
    return classifyQuantity(cuesOf(question), this.#without(this.#folds.get(contextId)!));
  }

  /** How often the likeliest quantity is the right one, of questions that were not learnt from. */
  accuracy(): number {
    const right = this.#questions.filter(({ cues, label, fold }) => {
      const probabilities = classifyQuantity(cues, this.#without(fold));
      return probabilities.indexOf(Math.max(...probabilities)) === label;
    });
    return right.length / this.#questions.length;
  }

  #without(fold: number): QuantityWeights {
    const known = this.#models.get(fold);
    const model = known ?? fitClassifier(this.#questions.filter((other) => other.fold !== fold));
    this.#models.set(fold, model);
    return model;
  }
}

function foldsOf({ contexts, whole: { articles } }: TrainingData): ReadonlyMap<string, number> {
  const groups = [...new Set(articles.map(groupOf))];
  return new Map([
    ...contexts.map(({ id }, i) => [id, i % FOLDS] as const),
    ...articles.map((article) => [article.id, groups.indexOf(groupOf(article)) % FOLDS] as const),
  ]);
}

function* taughtBy({ marked, reworded, english, whole }: TrainingData) {
  for (const { text, answer, context } of [...marked, ...reworded, ...english]) {
    if (answer !== null) yield { text, answer, contextId: context.id };
  }
  for (const { text, answer, article } of whole.questions) {
    if (answer !== null) yield { text, answer, contextId: article.id };
  }
}
