package io.splitio;

import io.splitio.backend.Services.Machine;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds out which machine this is, when that is asked for. */
final class MachineOf implements Supplier<Machine> {
  private final SplitConfig config;

  MachineOf(SplitConfig config) {
    this.config = config;
  }

  @Override
  public Machine get() {
    if (!config.reporting().ipAddresses()) {
      return new Machine(SdkVersion.TEXT, null, null);
    }
    String address = address();
    String given = config.instanceName();
    return new Machine(SdkVersion.TEXT, given == null ? hostName(address) : given, address);
  }

  private static @Nullable String hostName(@Nullable String address) {
    String name = new HostName().get();
    if (!name.equals(HostName.UNKNOWN)) {
      return name;
    }
    return address == null ? null : "ip-" + address.replace('.', '-');
  }

  /** The first address others can reach; found without asking anybody. */
  private static @Nullable String address() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
          .map(InetAddress::getHostAddress)
          .findFirst()
          .orElse(null);
    } catch (SocketException e) {
      return null;
    }
  }
}
