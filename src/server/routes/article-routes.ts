import type { Request, RequestHandler } from "express";
import type { Chatbot } from "../../chatbot.ts";
import type { Article } from "../../corpus/article.ts";
import { isArticleId } from "../../corpus/article-id.ts";
import type { LiveChatbot } from "../../live-chatbot.ts";
import { RequestError } from "../request-error.ts";

/** `GET /api/articles`: every article without its text, and questions a reader may start with. */
export function articleListRoute(live: LiveChatbot): RequestHandler {
  return (_request, response) => {
    const { chatbot, suggestions } = live.current;
    const articles = Array.from(chatbot.articles.values(), summarise);
    response.set("cache-control", "no-cache").json({ articles, suggestions });
  };
}

/** `GET /api/articles/:id`: one article with its text. */
export function articleRoute(live: LiveChatbot): RequestHandler {
  return (request, response) => {
    const article = findArticle(live.current.chatbot, request);
    response.set("cache-control", "no-cache").json({ ...article, length: article.text.length });
  };
}

function summarise({ id, title, source, publishedAt, url, text }: Article) {
  return { id, title, source, publishedAt, url, length: text.length };
}

/** The article that the address names. An id is only ever looked up, never joined to a path. */
export function findArticle(chatbot: Chatbot, request: Request): Article {
  const { id } = request.params;
  if (typeof id !== "string" || !isArticleId(id)) throw new RequestError("article-id-invalid");
  const article = chatbot.articles.get(id);
  if (!article) throw new RequestError("article-unknown");
  return article;
}
