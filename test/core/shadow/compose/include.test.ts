import { describe, expect, test } from "vitest";
import { projectIn, refusedIn } from "./repository.ts";

const TEXTS = {
  "compose.yaml": `include:
  - db/compose.yaml
  - {path: [mail/compose.yaml, mail/more.yaml], env_file: mail/mail.env, project_directory: mail/files}
services:
  web: {image: x, depends_on: [db, mail]}
`,
  ".env": "TAG=outer\n",
  "db/compose.yaml": `services:
  db: {image: "db:$TAG-$OWN", env_file: own.env, volumes: [data:/data], secrets: [s]}
volumes: {data: {}}
secrets: {s: {file: s.txt}}
`,
  "db/.env": "TAG=inner\nOWN=own\n",
  "db/own.env": "E=1\n",
  "db/s.txt": "secret",
  "mail/compose.yaml": "services: {mail: {image: 'mail:$TAG$M', volumes: ['./m.conf:/etc/m.conf:ro']}}",
  "mail/more.yaml": "services: {mail: {ports: ['25']}}",
  "mail/mail.env": "M=m\n",
  "mail/files/m.conf": "m",
};

describe("an included file", () => {
  test("brings its services, with the variables and paths of its own folder", () => {
    const project = projectIn(TEXTS);
    expect(project.services.map(({ name, image }) => [name, image])).toEqual([
      ["web", "x"],
      ["db", "db:outer-own"],
      ["mail", "mail:outerm"],
    ]);
    expect(project.services[1]).toMatchObject({ environment: { E: "1" } });
    expect(project.services[2]).toMatchObject({ ports: [{ port: 25 }], mounts: [{ files: [{ content: "m" }] }] });
    expect(project.volumes).toEqual(["data"]);
    expect(project.files).toEqual([{ name: "s", kind: "secret", content: "secret" }]);
  });

  test("may be changed by the file that includes it", () => {
    const texts = { ...TEXTS, "compose.yaml": `${TEXTS["compose.yaml"]}  db: {command: [faster]}\n` };
    expect(projectIn(texts).services.find(({ name }) => name === "db")).toMatchObject({ command: ["faster"] });
  });

  test.each([
    ["itself", "include: [compose.yaml]", "include-cycle"],
    ["outside the repository", "include: [../x.yaml]", "path-outside"],
    ["from elsewhere", "include: ['git@example.com:a/b.git']", "remote-file"],
    ["that is not there", "include: [no.yaml]", "missing-file"],
  ])("%s is refused", (_, text, code) => {
    expect(refusedIn({ "compose.yaml": `${text}\nservices: {web: {image: x}}\n` })).toEqual([code]);
  });

  test("can be one of fifty at most", () => {
    const texts = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [`f${n}.yaml`, `services: {s${n}: {image: x}}`]),
    );
    const file = `services: {web: {extends: {file: f0.yaml, service: s0}}${Object.keys(texts)
      .map((path, n) => `, e${n}: {extends: {file: ${path}, service: s${n}}}`)
      .join("")}}`;
    expect(refusedIn({ ...texts, "compose.yaml": file })).toContain("too-many-files");
  });
});
