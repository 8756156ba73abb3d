package io.splitio.spring.toggle.ask;

import io.splitio.api.SplitClient;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/** A client that is fetched when it is first asked: no bean is made earlier for its sake. */
public final class ClientBean implements Supplier<SplitClient> {
  private final BeanFactory beans;
  private final String name;
  private volatile @Nullable SplitClient client;

  /** The bean with this name, or the only one when the name is blank. */
  public ClientBean(BeanFactory beans, String name) {
    this.beans = beans;
    this.name = name;
  }

  @Override
  public SplitClient get() {
    SplitClient known = client;
    return known == null ? fetch() : known;
  }

  private SplitClient fetch() {
    SplitClient fetched =
        name.isBlank() ? beans.getBean(SplitClient.class) : beans.getBean(name, SplitClient.class);
    client = fetched;
    return fetched;
  }
}
