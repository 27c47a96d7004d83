import { articleIds } from "./article-id.ts";
import { listFiles } from "./list-files.ts";
import { parserFor } from "./read-corpus.ts";

/** A file that is read as an article. */
export type ArticleFile = {
  /** The id that the article has, or would have. */
  readonly id: string;
  /** Below the corpus folder, with `/` between its parts. */
  readonly path: string;
};

/** The files of a corpus folder that are read as articles, by path; links are none. Throws what the file system says. */
export async function listArticleFiles(folder: string): Promise<ArticleFile[]> {
  const { paths } = await listFiles(folder);
  return Array.from(
    articleIds(paths.filter((path) => parserFor(path))),
    ([path, id]): ArticleFile => ({ id, path }),
  );
}
