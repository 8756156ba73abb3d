'use strict';

// The official FeatBit client for Node.js, unmodified, driven by another process: one line of JSON on the standard
// input is a question, one line on the standard output its answer. Everything else goes to the standard error.
// Usage: node featbit-follower.js STREAMING EVENTS SECRET; the SDK must be installed in the working folder.
//
//   {"users": [{"key", "name", "custom": [[name, value], ...]}, ...], "flags": [key, ...]}
//     -> {"answers": [[{"value", "reason"} or {"thrown"}, of each flag], of each user]}, by stringVariationDetail
//   {"type": "bool", "user": {...}, "flag": key, "otherwise": default} -> {"value", "reason"}, likewise number, json, string
//   {"metric": name, "user": {...}, "value": number} -> {}
//   {"close": true} -> {}, when all insights are delivered

const { createRequire } = require('node:module');
const readline = require('node:readline');

const sdk = createRequire(`${process.cwd()}/`)('@featbit/node-server-sdk');

const DEFAULT = '\u0000default';

async function main() {
  const [streaming, events, secret] = process.argv.slice(2);
  const quiet = new sdk.BasicLogger({ level: 'warn', destination: (line) => console.error(line) });
  const client = new sdk.FbClientBuilder()
    .sdkKey(secret)
    .streamingUri(streaming)
    .eventsUri(events)
    .logger(quiet)
    .build();
  await client.waitForInitialization();
  say({ initialized: client.initialized() });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    say(await answer(client, JSON.parse(line)));
  }
}

async function answer(client, question) {
  if (question.close) {
    await client.close();
    return {};
  }
  if (question.metric) {
    client.track(userOf(question.user), question.metric, question.value);
    return {};
  }
  if (question.type) {
    return typed(client, question);
  }
  const answers = [];
  for (const user of question.users) {
    const built = userOf(user);
    const row = [];
    for (const flag of question.flags) {
      row.push(await caught(() => client.stringVariationDetail(flag, built, DEFAULT)));
    }
    answers.push(row);
  }
  return { answers };
}

function typed(client, { type, flag, user, otherwise }) {
  return caught(() => client[`${type}VariationDetail`](flag, userOf(user), otherwise));
}

async function caught(evaluation) {
  try {
    const { value, reason } = await evaluation();
    return value === DEFAULT ? { value: null, reason } : { value, reason };
  } catch (error) {
    return { thrown: error.name };
  }
}

function userOf({ key, name, custom }) {
  const builder = new sdk.UserBuilder(key).name(name);
  for (const [attribute, value] of custom) {
    builder.custom(attribute, value);
  }
  return builder.build();
}

function say(value) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
