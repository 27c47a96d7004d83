export type { Answer, AnswerEvent, Citation, RelatedPassage } from "./answer/answer.ts";
export type { AnswerComposer, ComposeOptions } from "./answer/answer-composer.ts";
export { type AskOptions, Chatbot, type ChatbotParts, collectAnswer } from "./chatbot.ts";
export type { Passage } from "./chunk/passage.ts";
export { type Config, type ConfigFlags, readConfig } from "./config.ts";
export type { Article } from "./corpus/article.ts";
export type { EmbeddingModel, EmbedOptions } from "./embed/embedding-model.ts";
export { WenjuError, type WenjuErrorCode } from "./errors.ts";
export {
  type PassageMetadata,
  WenjuRetriever,
  type WenjuRetrieverFields,
} from "./langchain/wenju-retriever.ts";
export { type Edition, LiveChatbot } from "./live-chatbot.ts";
export {
  indexCorpus,
  type OpenedChatbot,
  type OpenOptions,
  openChatbot,
  suggestFrom,
} from "./open-chatbot.ts";
export type { ChatTurn } from "./question/chat-turn.ts";
export type { Hit } from "./retrieve/hit.ts";
export type { RetrieveOptions, Retriever } from "./retrieve/retriever.ts";
export type { SiteAccess } from "./server/access/site-access.ts";
export { createServer, type ServerParts } from "./server/create-server.ts";
export { type Feedback, FeedbackLog } from "./server/journal/feedback-log.ts";
export type { JournalOptions } from "./server/journal/journal.ts";
export { UnansweredLog, type UnansweredQuestion } from "./server/journal/unanswered-log.ts";
export type { RequestLog } from "./server/observing/request-log.ts";
export { ServerMetrics } from "./server/observing/server-metrics.ts";
export { type RunningServer, type StartOptions, startServer } from "./server/start-server.ts";
export type { Span } from "./text/span.ts";
