/** The other example: other fields, other noise. */
import { EXAMPLES } from "../../infra/local/examples/index.ts";
import { testStartOf } from "./start-example.ts";

testStartOf(EXAMPLES.transit);
