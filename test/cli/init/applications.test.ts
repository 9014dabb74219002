/** What is found out about an application from its files: how it is installed, tested and started, and where it answers. */
import { describe, expect, test } from "vitest";
import { healthPathOf } from "../../../cli/init/files.ts";
import { nodeApplication } from "../../../cli/init/node.ts";
import { pythonApplication } from "../../../cli/init/python.ts";
import { portIn, type Repository } from "../../../cli/init/stack.ts";

const repository = (files: Readonly<Record<string, string>>): Repository => ({
  paths: Object.keys(files),
  read: (path) => files[path] ?? null,
});

describe("a Python application", () => {
  const python = (files: Readonly<Record<string, string>>) => pythonApplication(repository(files));

  test.each([
    [
      "FastAPI",
      { "app/main.py": 'from fastapi import FastAPI\napi = FastAPI(title="x")\n' },
      "python -m uvicorn app.main:api --host 127.0.0.1 --port 8000",
      8000,
    ],
    [
      "Flask",
      { "web.py": "app = Flask(__name__)\napp.run(port=7001)\n" },
      "python -m flask --app web:app run --host 127.0.0.1 --port 7001",
      7001,
    ],
    ["Django", { "manage.py": "# django\n" }, "python manage.py runserver --noreload 127.0.0.1:8000", 8000],
    [
      "http.server",
      { "srv/run.py": 'ThreadingHTTPServer(("", 9100), H).serve_forever()\n' },
      "python srv/run.py",
      9100,
    ],
    [
      "a Procfile",
      { Procfile: "web: gunicorn --port 9200 app:app\n", "app.py": "app = Flask(__name__)\n" },
      "gunicorn --port 9200 app:app",
      9200,
    ],
    [
      "a Procfile of a platform",
      { Procfile: "web: gunicorn --bind 0.0.0.0:$PORT app:app\n" },
      "gunicorn --bind 0.0.0.0:8000 app:app",
      8000,
    ],
    [
      "a Procfile with a usual port",
      { Procfile: "web: uvicorn a:b --port ${PORT:-9300}\n" },
      "uvicorn a:b --port 9300",
      9300,
    ],
  ])("of %s is started by its own means", (_name, files, start, port) => {
    expect(python({ ...files, "requirements.txt": "" })).toMatchObject({ start, port, folder: "." });
  });

  test("in a folder of its own is run there", () => {
    const found = python({
      "README.md": "",
      "chainiq/requirements.txt": "",
      "chainiq/app/main.py": "app = FastAPI()\n",
    });
    expect(found).toMatchObject({ folder: "chainiq", start: expect.stringContaining("uvicorn app.main:app") });
  });

  test("is not started by a test that makes one", () => {
    expect(python({ "requirements.txt": "", "tests/test_app.py": "app = FastAPI()\n" })?.start).toBeNull();
  });

  test.each([
    ["requirements.txt", "python -m pip install -r requirements.txt\n"],
    ["pyproject.toml", "python -m pip install .\n"],
    ["Pipfile", ""],
  ])("with %s is installed by it", (name, install) => {
    expect(python({ [name]: "", "a.py": "" })?.install).toBe(
      `${install}python -m pip install pytest pytest-timeout pytest-cov`,
    );
  });

  test("has its tests of the API run apart, where some are named so and others not", () => {
    const both = python({ "a.py": "", "tests/test_api.py": "", "tests/test_core.py": "" });
    expect([both?.test, both?.apiTest]).toEqual([
      expect.stringContaining('-k "not api"'),
      expect.stringContaining('-k "api"'),
    ]);
    const one = python({ "a.py": "", "tests/test_api.py": "" });
    expect([one?.test, one?.apiTest].join()).not.toContain("-k");
  });

  test("gives each test its time, and says so where there is none", () => {
    const found = python({ "a.py": "" });
    expect(found?.test).toContain("--timeout=30");
    expect(found?.apiTest).toContain("--timeout=60");
    expect(found?.notes).toEqual([expect.stringContaining("No test files")]);
  });

  test("is none without anything of Python", () => {
    expect(python({ "main.go": "" })).toBeNull();
  });
});

describe("a Node application", () => {
  const node = (manifest: unknown, files: Readonly<Record<string, string>> = {}) =>
    nodeApplication(repository({ "package.json": JSON.stringify(manifest), ...files }));

  test.each([
    ["package-lock.json", "npm ci", "npm audit --omit=dev"],
    ["pnpm-lock.yaml", "corepack enable\npnpm install --frozen-lockfile", "pnpm audit --prod"],
    ["yarn.lock", "corepack enable\nyarn install --immutable", "yarn npm audit --recursive"],
    ["README.md", "npm install", "npm audit --omit=dev"],
  ])("with %s is installed by it, and asked for known holes by whom it is of", (lock, install, audit) => {
    const found = node({}, { [lock]: "" });
    expect(found?.install).toBe(install);
    expect(found?.audit).toContain(audit);
  });

  test("is started by its script, on the port that its source names", () => {
    const found = node(
      { main: "srv.js", scripts: { start: "node srv.js" } },
      { "srv.js": "app.listen(process.env.PORT ?? 4100)" },
    );
    expect(found).toMatchObject({ start: "npm start", port: 4100 });
    expect(node({ scripts: {} })).toMatchObject({ start: null, port: null });
    const named = node({ scripts: { start: "node ./src/main.mjs" } }, { "src/main.mjs": "app.listen(4200)" });
    expect(named).toMatchObject({ port: 4200 });
  });

  test.each([
    ["vitest", { vitest: "5.0.0", "@vitest/coverage-v8": "5.0.0" }, "--testTimeout=30000", "--coverage.reporter=json"],
    ["jest", { jest: "30.0.0" }, "--testTimeout=30000", "--coverageReporters=json"],
  ])("gives each test of %s its time and counts what they cover", (_name, devDependencies, time, coverage) => {
    const found = node({ devDependencies });
    expect(found?.test).toContain(time);
    expect(found?.test).toContain(coverage);
    expect(found?.apiTest).toContain("--testTimeout=60000");
    expect(found?.apiTest).not.toContain("overage");
  });

  test("says what an unknown runner cannot do", () => {
    expect(node({ scripts: { test: "node --test" } })).toMatchObject({
      test: "npm test",
      notes: [expect.stringContaining("not known")],
    });
  });

  test("is none where the package file is broken", () => {
    expect(nodeApplication(repository({ "package.json": "{" }))).toBeNull();
  });
});

test.each([
  ["uvicorn.run(app, port=8123)", 8123],
  ['int(os.environ.get("PORT", "8124"))', 8124],
  ["const port = process.env.PORT || 8125", 8125],
  ["serve --port=8126", 8126],
  ["export", null],
  ["report = 12345", null],
])("the port in %j is %s", (text, port) => {
  expect(portIn([text])).toBe(port);
});

test("a service is healthy where its source says so, else where it is probed anyway", () => {
  expect(healthPathOf(repository({ "a.py": "if path == '/healthz':" }), "chainiq")).toBe("/healthz");
  expect(healthPathOf(repository({ "a.py": "" }), "chainiq")).toBe("/iq/shadow/stats");
});
