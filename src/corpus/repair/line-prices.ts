import { endsSentence, type SourceLine } from "../head/source-line.ts";

/** Prices, in widths of a Chinese character: how far a line may be from the column's edge before another reading is better. */
export const PRICE = {
  /** A line ends a paragraph with a sentence, or with a semicolon or colon. */
  endOfSentence: 0.4,
  softEnd: 0.8,
  /** A line that ends no sentence stands alone: it looks like a heading, or like one but for a comma or its length, or like prose. */
  heading: 1.2,
  headingWithComma: 1.5,
  headingOfFourAndMore: 0.9,
  headingWithCommaAmongMarked: 3,
  longHeading: 1.5,
  brokenSentence: 8,
  /** What seems to be a heading would end within a word; in one of seventy it only seems so (开放 / 县图书馆). */
  cutWord: 0.7,
  /** A paragraph of several lines ends without a mark. */
  openEnd: 3,
  /** Two lines are joined although no column says so; and although the first ends a sentence. */
  withoutColumn: 2,
  acrossSentences: 6,
  /** A line that starts like an item of a list, or like a sentence, is joined to the one before it. */
  beforeLabel: 2.5,
  beforeOpening: 3,
  /** No single line costs more than this, or one odd line would decide. */
  most: 4,
} as const;

const LONG_HEADING = 24;
const LONGEST_HEADING = 32;

/** What is known of a line besides itself. */
export type LineContext = {
  readonly next: SourceLine | undefined;
  /** The file marks its headings. */
  readonly marked: boolean;
  /** Whether the break after it falls inside a word: a heading hardly ends there. Asked of few lines, as it takes long to find out. */
  readonly cutsWord: () => boolean;
};

/** What it costs to read a line as a paragraph or heading of its own. */
export function priceAlone({ text, width }: SourceLine, { next, marked, cutsWord }: LineContext): number {
  if (next?.mark.kind === "rest") return PRICE.brokenSentence;
  if (endsSentence(text)) return PRICE.endOfSentence;
  if (/[；;：:]$/u.test(text)) return PRICE.softEnd;
  if (/[，,、（(《“‘「『]$/u.test(text) || isUnbalanced(text)) return PRICE.brokenSentence;
  const clauses = text.match(/[，,；;：]/gu)?.length ?? 0;
  if ((width > LONGEST_HEADING && clauses > 0) || clauses > 1 || /[。！？!?].*\S/u.test(text))
    return PRICE.brokenSentence;
  if (next && SHORT_SENTENCE.test(next.text)) return PRICE.brokenSentence;
  const tooLong =
    width > LONGEST_HEADING ? 2 * PRICE.longHeading : width > LONG_HEADING ? PRICE.longHeading : 0;
  const cut = cutsWord();
  if (clauses === 0 && !text.includes("、")) return PRICE.heading + tooLong + (cut ? PRICE.cutWord : 0);
  if (cut) return PRICE.brokenSentence;
  if (!marked && FOUR_AND_MORE.test(text)) return tooLong + PRICE.headingOfFourAndMore;
  return tooLong + (marked ? PRICE.headingWithCommaAmongMarked : PRICE.headingWithComma);
}

/** The end of a sentence that began on the line before: 院。 */
const SHORT_SENTENCE = /^\p{Script=Han}{1,2}[。！？；”」]/u;

/** How newspapers like to phrase a heading: 爱心永恒，绽放志愿服务之花. */
const FOUR_AND_MORE = /^\p{Script=Han}{4}[，,][^，,；：]{4,14}$/u;

function isUnbalanced(text: string): boolean {
  const count = (mark: RegExp) => text.match(mark)?.length ?? 0;
  return (
    count(/[“]/gu) !== count(/[”]/gu) ||
    count(/[「『]/gu) !== count(/[」』]/gu) ||
    count(/[《]/gu) !== count(/[》]/gu) ||
    count(/[（(]/gu) !== count(/[）)]/gu)
  );
}

/** 6月22日， and 近年来， open a sentence, unless the line before ends in a mark or in a word that leads to a date. */
const OPENING =
  /^(?:(?:\d{4} ?年 ?)?\d{1,2} ?月 ?\d{1,2} ?日[^，\p{P}]{0,3}，|(?:近年来|今年以来|多年来|这些年|近日|如今|目前|同时|此外|据悉|据统计|值得一提的是)[，,])/u;

/** What it costs to join a line to one before it, for the way it starts. */
export function priceStart(line: SourceLine, next: SourceLine): number {
  if (next.mark.kind === "label") return PRICE.beforeLabel;
  return OPENING.test(next.text) && /[^\p{P}在于从自至到即是及和与]$|”$/u.test(line.text)
    ? PRICE.beforeOpening
    : 0;
}

/** What it costs to join two lines where no column explains the break. */
export function priceWithoutColumn({ text }: SourceLine, next: SourceLine): number {
  if (next.mark.kind === "rest") return 0;
  return PRICE.withoutColumn + (endsSentence(text) ? PRICE.acrossSentences : 0);
}
