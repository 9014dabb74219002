/** The shop, which `npm start` shows where nothing else is named. */
import { EXAMPLES } from "../../infra/local/examples/index.ts";
import { testStartOf } from "./start-example.ts";

testStartOf(EXAMPLES.shop);
