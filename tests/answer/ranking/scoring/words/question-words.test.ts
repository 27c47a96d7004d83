import { expect, it } from "vitest";
import {
  bestMatches,
  heaviestMissing,
  matchOfRarest,
  shareAbove,
  shareOf,
} from "../../../../../src/answer/ranking/scoring/words/question-words.ts";

const MATCHES = [1, 0.4, 0];
const WEIGHTS = [1, 2, 5];

it("weighs what is matched by the words' weights", () => {
  expect(shareOf(MATCHES, WEIGHTS)).toBeCloseTo(1.8 / 8);
  expect(shareAbove(MATCHES, WEIGHTS, 0.3)).toBeCloseTo(3 / 8);
  expect(shareAbove(MATCHES, WEIGHTS, 0.5)).toBeCloseTo(1 / 8);
});

it("misses nothing where nothing weighs anything", () => {
  expect(shareOf([], [])).toBe(1);
  expect(shareOf([0], [0])).toBe(1);
  expect(heaviestMissing([], [], 1)).toBe(0);
  expect(matchOfRarest([], [])).toBe(1);
});

it("tells how much of the heaviest missing word is missing", () => {
  expect(heaviestMissing(MATCHES, WEIGHTS, 5)).toBe(1);
  expect(heaviestMissing([1, 0.4, 1], WEIGHTS, 5)).toBeCloseTo(1.2 / 5);
});

it("tells how well the rarest word that is not there is matched by another", () => {
  expect(matchOfRarest(MATCHES, WEIGHTS)).toBe(0);
  expect(matchOfRarest([1, 0.4, 1], WEIGHTS)).toBe(0.4);
  expect(matchOfRarest([1, 1, 1], WEIGHTS)).toBe(1);
});

it("takes each word's best match of several texts", () => {
  expect(
    bestMatches([
      [0, 0.5],
      [1, 0.2],
    ]),
  ).toEqual([1, 0.5]);
  expect(bestMatches([])).toEqual([]);
});
