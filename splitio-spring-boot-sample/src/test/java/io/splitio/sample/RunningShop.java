package io.splitio.sample;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The shop, started on a free port with flag files of its own.
 *
 * @param flags the files, to edit while it runs
 * @param context the application
 */
record RunningShop(FlagFiles flags, ConfigurableApplicationContext context)
    implements AutoCloseable {

  static RunningShop start(Path directory) throws IOException {
    FlagFiles flags = FlagFiles.copyTo(directory);
    return new RunningShop(flags, SpringApplication.run(ShopApplication.class, flags.arguments()));
  }

  /**
   * The same in a profile: the files are what the cloud, the FeatBit server or the Redis beside the
   * shop is filled with.
   */
  static RunningShop start(Path directory, String profile) throws IOException {
    FlagFiles flags = FlagFiles.copyTo(directory);
    SpringApplication shop = new SpringApplication(ShopApplication.class);
    shop.setAdditionalProfiles(profile);
    return new RunningShop(flags, shop.run(flags.arguments()));
  }

  /** The address of a page. */
  URI at(String path) {
    int port = ((WebServerApplicationContext) context).getWebServer().getPort();
    return URI.create("http://localhost:" + port + path);
  }

  @Override
  public void close() {
    context.close();
  }
}
