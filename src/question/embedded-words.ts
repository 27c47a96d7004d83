import type { EmbeddingModel } from "../embed/embedding-model.ts";

/** Words whose vectors one message to the model asks for: thousands of them as lists of numbers would take a hundred megabytes at once. */
const PIECE = 200;

/**
 * The vectors of the words of a vocabulary. A corpus that changes keeps nearly all of its words, and their vectors belong to the model: of each
 * vocabulary, only the words are embedded that the one before it lacked.
 */
export class EmbeddedWords {
  static readonly #ofModels = new WeakMap<EmbeddingModel, EmbeddedWords>();

  readonly #model: EmbeddingModel;
  #words: readonly string[] = [];
  #vectors = new Float32Array(0);

  private constructor(model: EmbeddingModel) {
    this.#model = model;
  }

  static of(model: EmbeddingModel): EmbeddedWords {
    const known = EmbeddedWords.#ofModels.get(model) ?? new EmbeddedWords(model);
    EmbeddedWords.#ofModels.set(model, known);
    return known;
  }

  /** One vector after the other, in the order of the words. Rejects like `embedDocuments`. */
  async embed(words: readonly string[]): Promise<Float32Array> {
    const { dimensions } = this.#model;
    const [knownWords, knownVectors] = [this.#words, this.#vectors];
    const places = new Map(knownWords.map((word, place) => [word, place * dimensions]));
    const vectors = new Float32Array(words.length * dimensions);
    const fresh: number[] = [];
    words.forEach((word, i) => {
      const place = places.get(word);
      if (place === undefined) fresh.push(i);
      else vectors.set(knownVectors.subarray(place, place + dimensions), i * dimensions);
    });
    for (let start = 0; start < fresh.length; start += PIECE) {
      const piece = fresh.slice(start, start + PIECE);
      const embedded = await this.#model.embedDocuments(piece.map((i) => words[i]!));
      embedded.forEach((vector, n) => {
        vectors.set(vector, piece[n]! * dimensions);
      });
    }
    this.#words = words;
    this.#vectors = vectors;
    return vectors;
  }
}
