package io.splitio.backend.redis.link;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;

/**
 * What is asked for together leaves together. Lettuce flushes after each command; a hundred
 * questions about members would be a hundred system calls and as many small packets.
 */
final class OneFlush implements NettyCustomizer {
  private static final int MOST_COMMANDS = 256;

  @Override
  public void afterChannelInitialized(Channel channel) {
    channel.pipeline().addFirst(new FlushConsolidationHandler(MOST_COMMANDS, true));
  }
}
