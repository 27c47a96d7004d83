/** One turn of a conversation. */
export type ChatTurn = { readonly role: "user" | "assistant"; readonly content: string };
