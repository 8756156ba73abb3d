package io.splitio.backend.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;

/**
 * A connection that is open, and what can be said on it.
 *
 * @param connection the connection
 * @param commands the commands that all kinds of Redis have
 */
record Wire(
    StatefulConnection<String, byte[]> connection,
    RedisClusterAsyncCommands<String, byte[]> commands) {}
