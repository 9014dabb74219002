/** One JSON line about a message. Never its content: bodies may hold what people wrote. */
export function logMessage(event: string, message: Message, why: string): void {
  console.error(JSON.stringify({ event, message: message.id, attempts: message.attempts, why: why.slice(0, 500) }));
}
