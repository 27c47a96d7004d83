// npm run eval:public -- DIR [--sets cmrc,drcd,drcd-simplified] [--retrievers hybrid,keyword,vector] [--limit N] [--folder DIR] [--json FILE]
// Asks the questions of public sets through the product itself, over their own contexts and over each other's.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bootstrap } from "../dist/evaluation/bootstrap.js";
import { checkQuestions } from "../dist/evaluation/check-questions.js";
import { evaluate } from "../dist/evaluation/evaluate.js";
import { readSources } from "../dist/evaluation/read-sources.js";
import { formatFigure } from "../dist/evaluation/report/format-report.js";
import { textTable } from "../dist/evaluation/report/text-table.js";
import { SearchScorer } from "../dist/evaluation/score-search.js";
import { meanOf } from "../dist/evaluation/summarise.js";
import { openChatbot } from "../dist/open-chatbot.js";
import { readPublicSet, SET_NAMES, thin, writeContexts } from "./public-sets.mjs";

const MODEL = "zh-news-embed-v1";
const SEARCH_MEASURES = ["articleRecall@1", "articleRecall@5", "answerRecall@1", "answerRecall@5"];
const ANSWER_MEASURES = ["citationHit@1", "citationHit@3", "textHoldsAnswer"];

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sets: { type: "string", default: SET_NAMES.join(",") },
    retrievers: { type: "string", default: "hybrid,keyword,vector" },
    limit: { type: "string", default: "1000000" },
    // where corpora and indexes stay for the next run; a temporary folder else
    folder: { type: "string" },
    json: { type: "string" },
  },
});
const [publicFolder] = positionals;
if (!publicFolder) {
  console.error("Name the folder of cmrc2018_dev.json and DRCD_test.json: npm run eval:public -- DIR");
  process.exit(2);
}

const folder = flags.folder ?? (await mkdtemp(join(tmpdir(), "wenju-public-")));
try {
  const results = [];
  for (const name of flags.sets.split(",")) results.push(await measureSet(name));
  console.log(table(results));
  if (flags.json) await writeFile(flags.json, `${JSON.stringify(results, null, 1)}\n`);
} finally {
  if (!flags.folder) await rm(folder, { recursive: true, force: true });
}

async function measureSet(name) {
  const limit = Number(flags.limit);
  const set = await readPublicSet(publicFolder, name);
  const other = await readPublicSet(publicFolder, set.crossedWith);
  const corpusFolder = await writeContexts(set, join(folder, name, "corpus"));
  const config = { corpusFolder, indexFolder: join(folder, name, "index"), model: MODEL };
  const questions = thin(set.questions, limit);
  const crossed = thin(other.questions, limit).map(unanswerable);
  const retrievers = flags.retrievers.split(",");
  const searches = {};
  for (const retriever of retrievers) {
    searches[retriever] = await measureSearch(config, retriever, questions);
    console.error(`${name}: searched ${questions.length} questions (${retriever})`);
  }
  const answers = retrievers.includes("hybrid")
    ? await measureAnswers(config, [...questions, ...crossed])
    : null;
  return {
    set: name,
    questions: questions.length,
    crossed: crossed.length,
    searches: figuresOf(searches),
    answers,
  };
}

function unanswerable({ id, question }) {
  return { id: `crossed-${id}`, kind: "none", question, history: [], articles: [], answers: [] };
}

/** Every question's scores, a column each measure. */
async function measureSearch(config, retriever, questions) {
  const { chatbot, index, close } = await openChatbot(config, { retriever });
  try {
    const remarks = checkQuestions(questions, chatbot.articles);
    if (remarks.length > 0)
      console.error(`${remarks.length} answers do not stand in their context as written.`);
    const scorer = new SearchScorer(index.passages);
    const scores = [];
    for (const question of questions) {
      scores.push(scorer.score(question, await chatbot.search(question.question, { limit: 10 })));
    }
    return Object.fromEntries(
      SEARCH_MEASURES.map((name) => [name, Float64Array.from(scores, (score) => score[name])]),
    );
  } finally {
    await close();
  }
}

/** Means with intervals, and for each retriever how much less than the hybrid it finds, question by question. */
function figuresOf(searches) {
  return Object.fromEntries(
    Object.entries(searches).map(([retriever, columns]) => [
      retriever,
      Object.fromEntries(
        SEARCH_MEASURES.map((name) => {
          const own = columns[name];
          const ahead = searches.hybrid ? searches.hybrid[name].map((value, i) => value - own[i]) : own;
          return [name, { ...meanWithInterval(own), hybridAhead: meanWithInterval(ahead) }];
        }),
      ),
    ]),
  );
}

function meanWithInterval(values) {
  const [interval] = bootstrap(values.length, [(places) => meanOf(values, places)]);
  return { value: meanOf(values, [...values.keys()]), ...interval };
}

async function measureAnswers(config, questions) {
  const { chatbot, index, close } = await openChatbot(config);
  try {
    let shown = 0;
    const report = await evaluate({
      chatbot,
      questions,
      passages: index.passages,
      sources: await readSources(config.corpusFolder),
      about: {
        questionSet: config.corpusFolder,
        retriever: "hybrid",
        model: MODEL,
        measuredAt: new Date().toISOString(),
      },
      onProgress: (done, total) => {
        if (done < total && done < shown + 1000) return;
        shown = done;
        console.error(`asked ${done} of ${total}`);
      },
    });
    const { results, ...figures } = report;
    return {
      ...figures,
      lost: results.filter(({ kind, scores }) => isLost(kind, scores)).map(({ id }) => id),
    };
  } finally {
    await close();
  }
}

function isLost(kind, scores) {
  return kind === "none" ? scores.rightDecision === 0 : scores["citationHit@3"] === 0;
}

function table(results) {
  return textTable([
    [
      "%",
      "n",
      "context@1",
      "context@5",
      "answer@1",
      "answer@5",
      "quote@1",
      "quote@3",
      "in text",
      "refused",
      "crossed refused",
      "chars a quote",
      "an answer",
      "ms p50/p95",
    ],
    ...results.flatMap((result) => Object.keys(result.searches).map((retriever) => rowOf(result, retriever))),
  ]);
}

function rowOf({ set, questions, searches, answers }, retriever) {
  const search = SEARCH_MEASURES.map((name) => formatFigure(searches[retriever][name]));
  const row = [`${set} ${retriever}`, String(questions), ...search];
  if (retriever !== "hybrid" || !answers) return row;
  const { answerable, none } = answers.kinds;
  const { quoteCharacters, answerCharacters, milliseconds } = answerable;
  return [
    ...row,
    ...ANSWER_MEASURES.map((name) => formatFigure(answerable.measures[name])),
    ((1 - answerable.measures.rightDecision.value) * 100).toFixed(1),
    formatFigure(none.measures.rightDecision),
    spreadOf(quoteCharacters),
    spreadOf(answerCharacters),
    `${milliseconds.answer.p50}/${milliseconds.answer.p95}`,
  ];
}

function spreadOf(spread) {
  return spread ? `${spread.median} (max ${spread.max})` : "–";
}
