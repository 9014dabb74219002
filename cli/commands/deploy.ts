/** `shadow-infra deploy`: reads the flags and prints; the steps are in `cli/deploy/`. */
import { Command } from "commander";

/** The `deploy` sub-command. */
export function deployCommand(): Command {
  return new Command("deploy").description("Deploy the Workers and the pages of one environment.");
}
