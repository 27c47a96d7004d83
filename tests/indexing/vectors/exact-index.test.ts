import { ExactIndex } from "../../../src/indexing/vectors/exact-index.ts";
import { testVectorIndex } from "../../support/contracts/vector-index-contract.ts";

testVectorIndex("ExactIndex", (options) => new ExactIndex(options));
