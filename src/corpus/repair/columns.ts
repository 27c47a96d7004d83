import { endsSentence, type SourceLine } from "../head/source-line.ts";

/** What is usual around a line. */
export type Surroundings = {
  /** How many blank lines stand between two lines. */
  readonly gap: number;
  /** The widths on which the lines that end without a mark agree. */
  readonly columns: readonly number[];
};

const WINDOW = 16;
const NARROWEST = 9;
const WIDEST = 70;

/** Tells of each line what is usual around it. */
export function surroundingsOf(lines: readonly SourceLine[]): (i: number) => Surroundings {
  const known = new Map<number, Surroundings>();
  return (i) => {
    const window = Math.floor(i / WINDOW);
    let near = known.get(window);
    if (!near) {
      const around = lines.slice(Math.max(0, (window - 1) * WINDOW), (window + 2) * WINDOW);
      near = { gap: median(around.map(({ gap }) => gap)), columns: findColumns(around.filter(isOpen)) };
      known.set(window, near);
    }
    return near;
  };
}

function isOpen({ text, mark, width }: SourceLine): boolean {
  return (
    !endsSentence(text) &&
    mark.kind !== "heading" &&
    mark.kind !== "byline" &&
    width >= NARROWEST &&
    width <= WIDEST
  );
}

function findColumns(lines: readonly SourceLine[]): number[] {
  const slack = lines.some(({ text }) => /\p{Script=Han}/u.test(text)) ? 0.75 : 5;
  const agreeing = (width: number, within: number) =>
    lines.filter((line) => Math.abs(coreWidth(line) - width) <= within);
  const widths = [...new Set(lines.map(coreWidth))].map((width) => ({
    width,
    alike: agreeing(width, slack),
  }));
  const strongest = (near: number) =>
    Math.max(...widths.filter(({ width }) => Math.abs(width - near) <= 2).map(({ alike }) => alike.length));
  return widths
    .filter(({ width, alike }) => {
      const punctuated = alike.filter(({ text }) =>
        /[，。、；：！？,.;!?“”].*[^”）]$/u.test(text.slice(1)),
      ).length;
      const ended = alike.filter(({ text }) => /[，、；,;]$/u.test(text)).length;
      const enough = alike.length >= Math.max(3, strongest(width) / 3);
      return enough && punctuated >= alike.length * 0.3 && ended <= alike.length * 0.6;
    })
    .map(({ width }) => width);
}

/** Without the mark at its end, which may hang over the edge of the column or be squeezed. */
export function coreWidth({ text, width }: SourceLine): number {
  return width - (/[，。、；：！？”’」』）》]$/u.test(text) ? 1 : 0);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
