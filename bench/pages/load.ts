import { Agent, get } from 'node:http';
import { parentPort, Worker, workerData } from 'node:worker_threads';

/** What the loading thread is told. */
interface Order {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
}

/** Requests per second that the address answers, asked over connections that stay open by a thread of its own. */
export function requestsPerSecond(script: string, order: Order): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: order });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** The work of the loading thread: a second to warm up, then the count. */
export async function loadAsThread(): Promise<void> {
  const { url, connections, seconds } = workerData as Order;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  await ask(agent, url, connections, 1);
  const answered = await ask(agent, url, connections, seconds);
  agent.destroy();
  parentPort?.postMessage(answered / seconds);
}

async function ask(agent: Agent, url: string, connections: number, seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000;
  let answered = 0;
  const client = async () => {
    while (performance.now() < until) {
      await once(agent, url);
      answered++;
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  return answered;
}

function once(agent: Agent, url: string): Promise<void> {
  const headers = { 'accept-encoding': 'br, gzip' };
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`Answered with ${response.statusCode}`));
      response.on('error', reject).on('end', resolve).resume();
    });
    request.on('error', reject);
  });
}
