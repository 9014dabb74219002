/** `shadow-infra dev`: everything on this machine, in one command. Thin: the work is in `infra/local`. */
import { Command } from "commander";

export function devCommand(): Command {
  return new Command("dev").description("Start everything on this machine and send example traffic through it.");
}
