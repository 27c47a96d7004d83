import { stressInShort } from "../support/stress-in-short.ts";

stressInShort("server");
