package io.splitio.spring.toggle.ask;

import io.splitio.api.SplitClient;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/** A client that is fetched when it is first asked: no bean is made earlier for its sake. */
public final class ClientBean implements Supplier<@Nullable SplitClient> {
  private final BeanFactory beans;
  private final String name;
  private volatile @Nullable SplitClient client;
  private volatile boolean absent;

  /** The bean with this name, or the only one when the name is blank. */
  public ClientBean(BeanFactory beans, String name) {
    this.beans = beans;
    this.name = name;
  }

  /** The client, or null where the application has none, which is looked up only once. */
  @Override
  public @Nullable SplitClient get() {
    SplitClient known = client;
    return known == null && !absent ? fetch() : known;
  }

  private @Nullable SplitClient fetch() {
    SplitClient fetched =
        name.isBlank()
            ? beans.getBeanProvider(SplitClient.class).getIfAvailable()
            : beans.getBean(name, SplitClient.class);
    client = fetched;
    absent = fetched == null;
    return fetched;
  }
}
