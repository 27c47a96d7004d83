import { Command } from "commander";
import type { Terminal, Texts } from "../terminal.ts";

/** A command that speaks the user's language on the terminal that it is given, and throws instead of exiting. */
export class SpeakingCommand extends Command {
  readonly #terminal: Terminal;

  constructor(name: string, terminal: Terminal) {
    super(name);
    this.#terminal = terminal;
    this.exitOverride()
      .configureOutput({
        writeOut: (help) => terminal.print(help.trimEnd()),
        writeErr: (help) => terminal.say({ zh: help.trimEnd(), en: help.trimEnd() }),
        outputError: () => undefined, // `runCli` says it
      })
      .configureHelp({
        styleTitle: (title) => this.#text({ zh: TITLES[title] ?? title, en: title }),
        styleUsage: (usage) => this.#text({ zh: toChinese(usage), en: usage }),
        styleSubcommandTerm: (term) => this.#text({ zh: toChinese(term), en: term }),
      })
      .helpOption("-h, --help", this.#text({ zh: "显示帮助", en: "show this help" }))
      .helpCommand(false);
  }

  /** What `command()` makes. */
  override createCommand(name: string): SpeakingCommand {
    return new SpeakingCommand(name, this.#terminal);
  }

  subcommand(name: string, description: Texts): SpeakingCommand {
    const command = this.createCommand(name).about(description);
    this.addCommand(command);
    return command;
  }

  about(description: Texts): this {
    return this.description(this.#text(description));
  }

  takes(argument: string, description: Texts): this {
    return this.argument(argument, this.#text(description));
  }

  flag(flags: string, description: Texts): this {
    return this.option(flags, this.#text(description));
  }

  #text(texts: Texts): string {
    return texts[this.#terminal.language];
  }
}

const TITLES: Readonly<Record<string, string>> = {
  "Usage:": "用法：",
  "Arguments:": "参数：",
  "Options:": "选项：",
  "Commands:": "命令：",
};

function toChinese(usage: string): string {
  return usage.replace("[options]", "[选项]").replace("[command]", "<命令>");
}
