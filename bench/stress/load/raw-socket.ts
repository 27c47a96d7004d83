import { connect, type Socket } from "node:net";

/** The request of a question as bytes. */
export function questionBytes(question: string, accept = "text/event-stream"): string {
  const body = JSON.stringify({ question });
  return (
    "POST /api/ask HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n" +
    `accept: ${accept}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

/** A connection whose errors are its end and nothing more. */
export function open(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.on("error", () => undefined);
  return new Promise((resolve) => {
    socket.once("connect", () => resolve(socket));
    socket.once("close", () => resolve(socket));
  });
}
