// A static file server as any host has it: files of one folder, index.html for folders.
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
  ".json": "application/json",
};

async function find(root, pathname) {
  const path = join(root, normalize(decodeURIComponent(pathname)));
  if (!path.startsWith(root)) return null;
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return pathname.endsWith("/") ? join(path, "index.html") : null;
  return found ? path : null;
}

/** Serves `root` at a port of the loopback, any free one where none is given; resolves to `{ url, close }`. */
export async function serve(root, port = 0) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path = await find(root, pathname);
    const body = path && (await readFile(path).catch(() => null));
    if (!body) {
      response.writeHead(404, { "content-type": TYPES[".html"] });
      response.end(await readFile(join(root, "404.html")));
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  return { url, close: () => server.close() };
}
