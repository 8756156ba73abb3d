package io.splitio.backend.redis.link;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;

/**
 * All that is open, and what is about to connect. What is asked for together leaves together:
 * Lettuce flushes after each command; a hundred questions about members would be a hundred system
 * calls and as many small packets.
 */
final class Channels implements NettyCustomizer {
  private static final int MOST_COMMANDS = 256;

  private final ChannelGroup all = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);

  @Override
  public void afterChannelInitialized(Channel channel) {
    channel.pipeline().addFirst(new FlushConsolidationHandler(MOST_COMMANDS, true));
    all.add(channel);
  }

  /**
   * Closes all, and whatever would connect from now on. An event loop that is shut down does not
   * always close what it has, and what it began to connect would stay open as long as the process.
   */
  Future<Void> close() {
    return all.close();
  }
}
