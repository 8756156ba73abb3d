'use strict';

// Drives the official JavaScript SDK, unmodified, against the fake server started as a process.
// Usage: node check.js <path of the server's jar>; the SDK must be installed in the working folder.

const assert = require('node:assert');
const { spawn } = require('node:child_process');
const { createRequire } = require('node:module');
const readline = require('node:readline');

const { SplitFactory } = createRequire(`${process.cwd()}/`)('@splitsoftware/splitio');

const DEADLINE_MS = 20000;

async function main() {
  const server = await start(process.argv[2]);
  try {
    await check(server);
  } finally {
    server.process.stdin.end();
  }
}

async function start(jar) {
  const child = spawn('java', ['-jar', jar], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const url = (await lines.next()).value;
  async function tell(command) {
    child.stdin.write(`${command}\n`);
    const answer = JSON.parse((await lines.next()).value);
    assert.strictEqual(answer.error, undefined, `${command}: ${answer.error}`);
    return answer;
  }
  return { process: child, url, tell };
}

function factoryFor(url) {
  return SplitFactory({
    core: { authorizationKey: 'javascript-sdk-key' },
    urls: { sdk: `${url}/api`, events: `${url}/api`, auth: `${url}/api`, streaming: url, telemetry: `${url}/api` },
    scheduler: { featuresRefreshRate: 5, segmentsRefreshRate: 5, impressionsRefreshRate: 60, eventsPushRate: 60 },
    sync: { impressionsMode: 'DEBUG' },
    startup: { readyTimeout: 10 },
    debug: 'ERROR',
  });
}

async function check({ url, tell }) {
  await tell('segment beta +user-1');
  await tell(`flag ${JSON.stringify(inSegment('banner', 'beta'))}`);
  await tell('rbs vip user-5');
  await tell(`flag ${JSON.stringify(inRuleBasedSegment('lounge', 'vip'))}`);

  const factory = factoryFor(url);
  const client = factory.client();
  await new Promise((resolve, reject) => {
    client.once(client.Event.SDK_READY, resolve);
    client.once(client.Event.SDK_READY_TIMED_OUT, () => reject(new Error('the SDK did not become ready')));
  });
  expect(client, 'user-1', 'banner', 'on', 'ready with a segment');
  expect(client, 'user-5', 'lounge', 'on', 'ready with a rule-based segment');
  await until(async () => (await tell('received')).streams === 1, 'the stream is open');

  for (const inline of ['none', 'plain', 'gzip', 'zlib']) {
    await tell(`inline ${inline}`);
    await tell(`flag banner ${inline}`);
    await untilTreatment(client, 'user-1', 'banner', inline, `a flag followed, definition ${inline}`);
  }
  await tell(`flag ${JSON.stringify(inSegment('banner', 'beta'))}`);
  await tell('segment beta +user-2 -user-1');
  await untilTreatment(client, 'user-2', 'banner', 'on', 'a segment followed');
  await tell('rbs vip user-6');
  await untilTreatment(client, 'user-6', 'lounge', 'on', 'a rule-based segment followed');
  await tell('kill banner dead');
  await untilTreatment(client, 'user-2', 'banner', 'dead', 'a kill followed');

  await tell('streaming pause');
  await tell('flag banner polled');
  await untilTreatment(client, 'user-1', 'banner', 'polled', 'polling while the stream is paused');
  await tell('streaming resume');
  await tell('flag banner resumed');
  await untilTreatment(client, 'user-1', 'banner', 'resumed', 'following again');
  await tell('streaming drop');
  await tell('flag banner dropped');
  await untilTreatment(client, 'user-1', 'banner', 'dropped', 'up to date after the stream was cut');
  await until(async () => (await tell('received')).streams === 1, 'the stream is open again');

  client.track('user-1', 'user', 'purchase', 19.9, { currency: 'EUR' });
  await client.destroy();
  await until(async () => complete(await tell('received')), 'impressions, events and telemetry delivered');
}

function complete(received) {
  return received.impressions > 0 && received.events === 1 && received.telemetryConfig === 1 && received.telemetryUsage > 0;
}

function expect(client, key, flag, treatment, what) {
  assert.strictEqual(client.getTreatment(key, flag), treatment, what);
  console.log(`ok: ${what}`);
}

function untilTreatment(client, key, flag, treatment, what) {
  return until(async () => client.getTreatment(key, flag) === treatment, what);
}

async function until(condition, what) {
  const end = Date.now() + DEADLINE_MS;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  console.log(`ok: ${what}`);
}

function inSegment(name, segmentName) {
  return flag(name, 'IN_SEGMENT', segmentName);
}

function inRuleBasedSegment(name, segmentName) {
  return flag(name, 'IN_RULE_BASED_SEGMENT', segmentName);
}

function flag(name, matcherType, segmentName) {
  const matcher = {
    keySelector: { trafficType: 'user', attribute: null },
    matcherType,
    negate: false,
    userDefinedSegmentMatcherData: { segmentName },
  };
  return {
    name,
    trafficTypeName: 'user',
    status: 'ACTIVE',
    killed: false,
    defaultTreatment: 'off',
    algo: 2,
    seed: 1,
    trafficAllocation: 100,
    trafficAllocationSeed: 1,
    configurations: {},
    conditions: [
      {
        conditionType: 'ROLLOUT',
        label: 'in segment',
        matcherGroup: { combiner: 'AND', matchers: [matcher] },
        partitions: [{ treatment: 'on', size: 100 }],
      },
    ],
  };
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
