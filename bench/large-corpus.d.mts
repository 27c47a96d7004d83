/** Writes articles of about so many passages to `folder`, made of the sentences of the corpus in `source`; returns `folder`. */
export function writeLargeCorpus(folder: string, passages: number, source: string): Promise<string>;
