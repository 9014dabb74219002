// One question to the database: `await ask({ get: "greeting" })`.
import { connect } from "node:net";
import { createInterface } from "node:readline";

export async function ask(question, host = process.env.DB_HOST ?? "db") {
  const socket = connect({ host, port: 5432, timeout: 2_000 });
  socket.on("timeout", () => socket.destroy(new Error("the database is silent")));
  socket.write(`${JSON.stringify(question)}\n`);
  try {
    for await (const line of createInterface(socket)) return JSON.parse(line).value;
    throw new Error("the database hung up");
  } finally {
    socket.destroy();
  }
}
