'use strict';

// Puts questions to the official JavaScript SDK, unmodified, in its Redis consumer mode.
// Usage: node redis-consumer.js <redis URL> <prefix> <impressions mode> <file with questions>;
// the SDK must be installed in the working folder. Prints its answers as one line of JSON.

const fs = require('node:fs');
const { createRequire } = require('node:module');

const { SplitFactory } = createRequire(`${process.cwd()}/`)('@splitsoftware/splitio');

const [url, prefix, impressionsMode, questions] = process.argv.slice(2);

function ask(client, q) {
  if (q.method === 'track') {
    return client.track(q.key, q.trafficType, q.eventType, q.value, q.properties);
  }
  const key = q.bucketingKey ? { matchingKey: q.key, bucketingKey: q.bucketingKey } : q.key;
  const options = q.properties && { properties: q.properties };
  return client[q.method](key, q.names ?? q.name, q.attributes, options);
}

async function main() {
  const factory = SplitFactory({
    core: { authorizationKey: 'not-asked-for' },
    mode: 'consumer',
    storage: { type: 'REDIS', prefix, options: { url } },
    sync: { impressionsMode },
    debug: 'ERROR',
  });
  const client = factory.client();
  await client.ready();
  const answers = [];
  for (const question of JSON.parse(fs.readFileSync(questions, 'utf8'))) {
    answers.push(await ask(client, question));
  }
  const names = (await factory.manager().names()).sort();
  const views = await factory.manager().splits();
  await client.destroy();
  console.log(JSON.stringify({ answers, names, views }));
}

main().catch((failure) => {
  console.error(failure);
  process.exit(1);
});
