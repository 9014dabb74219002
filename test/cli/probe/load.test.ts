/** Load on servers whose capacity is known: so many workers of so many milliseconds. */
import { expect, it } from "vitest";
import { loadTermsOf } from "../../../cli/probe/load.ts";
import { loadLines } from "../../../cli/probe/formats/load.ts";
import { probeJunit } from "../../../cli/probe/formats/junit.ts";
import { type Listening, listen } from "../../servers/http.ts";
import { inFolder } from "./folders.ts";
import { optionsOf, probed } from "./running.ts";
