/** A Python application: found by its requirements, started by what its source says it is. Nothing of it is run. */
import { type Application, folderWith, inFolder, portIn, procfileStart, type Repository, within } from "./stack.ts";

const MARKS = ["requirements.txt", "pyproject.toml", "setup.py", "Pipfile"] as const;

/** Null where nothing of Python is here. */
export function pythonApplication(repository: Repository): Application | null {
  const folder = folderWith(repository, MARKS) ?? (repository.paths.some((path) => path.endsWith(".py")) ? "." : null);
  if (folder === null) return null;
  const { start, port } = startOf(repository, folder);
  const tests = repository.paths.filter((path) => /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(path));
  // Where no test is named after the API, both jobs run all of them: a job that finds none fails.
  const isSplit = tests.some(isApi) && !tests.every(isApi);
  return {
    stack: "python",
    folder,
    install: `${installOf(repository, folder)}python -m pip install pytest pytest-timeout pytest-cov`,
    test: pytest({ seconds: 30, keyword: isSplit ? "not api" : null, job: "shadow-tests", coverage: true }),
    apiTest: pytest({ seconds: 60, keyword: isSplit ? "api" : null, job: "shadow-api-tests", coverage: false }),
    audit: `python -m pip install pip-audit && python -m pip_audit${repository.read(inFolder(folder, "requirements.txt")) === null ? "" : " -r requirements.txt"}`,
    start,
    port,
    notes: tests.length > 0 ? [] : ["No test files (test_*.py) were found: shadow-tests fails until there is one."],
  };
}

function installOf(repository: Repository, folder: string): string {
  if (repository.read(inFolder(folder, "requirements.txt")) !== null)
    return "python -m pip install -r requirements.txt\n";
  const isPackage = ["pyproject.toml", "setup.py"].some((name) => repository.read(inFolder(folder, name)) !== null);
  return isPackage ? "python -m pip install .\n" : "";
}

function isApi(path: string): boolean {
  return /api/i.test(path.split("/").at(-1) ?? "");
}

interface Pytest {
  readonly seconds: number;
  /** Which tests, by their names; null is all of them. */
  readonly keyword: string | null;
  readonly job: string;
  readonly coverage: boolean;
}

function pytest({ seconds, keyword, job, coverage }: Pytest): string {
  const options = [
    `--timeout=${seconds}`,
    ...(keyword === null ? [] : [`-k "${keyword}"`]),
    `--junitxml=${job}-junit.xml`,
    ...(coverage ? ["--cov", "--cov-report=term", "--cov-report=json:coverage-shadow.json"] : []),
  ];
  return `python -m pytest ${options.join(" ")}`;
}

/** Ways in which a Python service is started, most certain first: what its source contains, and the command then. */
const SERVERS: readonly {
  readonly mark: RegExp;
  readonly command: (module: string, name: string, port: number) => string;
  readonly port: number;
}[] = [
  {
    mark: /^(\w+)\s*(?::\s*\w+\s*)?=\s*(?:fastapi\.)?FastAPI\(/m,
    command: (module, name, port) => `python -m uvicorn ${module}:${name} --host 127.0.0.1 --port ${port}`,
    port: 8000,
  },
  {
    mark: /^(\w+)\s*(?::\s*\w+\s*)?=\s*(?:flask\.)?Flask\(/m,
    command: (module, name, port) => `python -m flask --app ${module}:${name} run --host 127.0.0.1 --port ${port}`,
    port: 5000,
  },
];

interface Start {
  readonly start: string | null;
  readonly port: number | null;
}

function startOf(repository: Repository, folder: string): Start {
  const said = procfileStart(repository, folder);
  if (said !== null) return { start: said, port: portIn([said]) };
  const sources = sourcesOf(repository, folder);
  for (const { mark, command, port: usual } of SERVERS) {
    const found = sources.find(({ text }) => mark.test(text));
    if (found === undefined) continue;
    const port = portIn([found.text]) ?? usual;
    const name = mark.exec(found.text)?.[1] ?? "app";
    return { start: command(found.path.replace(/\.py$/, "").replaceAll("/", "."), name, port), port };
  }
  return scriptOf(repository, folder, sources);
}

/** Django's own script, or a script that serves by itself. */
function scriptOf(repository: Repository, folder: string, sources: readonly Source[]): Start {
  if (repository.read(inFolder(folder, "manage.py")) !== null)
    return { start: "python manage.py runserver --noreload 127.0.0.1:8000", port: 8000 };
  const script = sources.find(({ text }) => /HTTPServer\(|run_app\(|uvicorn\.run\(|serve\(/.test(text));
  if (script === undefined) return { start: null, port: null };
  return { start: `python ${script.path}`, port: portIn([script.text]) };
}

interface Source {
  /** As it is called in the application's folder. */
  readonly path: string;
  readonly text: string;
}

function sourcesOf({ paths, read }: Repository, folder: string): readonly Source[] {
  return paths
    .filter((path) => path.endsWith(".py") && !/(^|\/)(tests?|conftest\.py|test_[^/]*)(\/|$)/.test(path))
    .toSorted((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1))
    .slice(0, MAX_SOURCES)
    .flatMap((path) => {
      const name = within(folder, path);
      const text = read(path);
      return name === null || text === null ? [] : [{ path: name, text }];
    });
}

/** Files that are looked at for a server. */
const MAX_SOURCES = 500;
