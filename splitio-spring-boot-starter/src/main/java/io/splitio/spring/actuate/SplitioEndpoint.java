package io.splitio.spring.actuate;

import io.splitio.SplitFactory;
import io.splitio.api.Explanation;
import io.splitio.api.Key;
import io.splitio.api.SdkHealth;
import io.splitio.api.SplitView;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.lang.Nullable; // the only one that makes a parameter optional in 3.5

/**
 * Shows the state of the SDK, its flags, and why a flag decides as it does. Changes and records
 * nothing.
 */
@Endpoint(id = "splitio", defaultAccess = Access.READ_ONLY)
public final class SplitioEndpoint {
  private static final int PAGE_SIZE = 100;
  private static final int LARGEST_PAGE = 500;

  private final SplitFactory factory;

  SplitioEndpoint(SplitFactory factory) {
    this.factory = factory;
  }

  /**
   * The state of the SDK and one page of its flags, in the order of their names.
   *
   * @param page the number of the page, from 0, the default
   * @param size flags on a page, 1 to 500, default 100
   */
  @ReadOperation
  public Overview overview(@Nullable Integer page, @Nullable Integer size) {
    int number = page == null ? 0 : page;
    int length = size == null ? PAGE_SIZE : size;
    check(number >= 0, "page is " + number + "; it must be at least 0");
    check(
        length >= 1 && length <= LARGEST_PAGE,
        "size is " + length + "; it must be from 1 to " + LARGEST_PAGE);
    return new Overview(factory.health(), page(number, length));
  }

  /**
   * One flag and, if a key is given, why it decides as it does for that key. Null when the flag is
   * not known.
   *
   * @param flag the name of the flag
   * @param key who is asking
   * @param bucketingKey decides percentage buckets instead of the key
   * @param attr an attribute such as {@code plan=gold}; may be repeated
   */
  @ReadOperation
  public @Nullable FlagReport flag(
      @Selector String flag,
      @Nullable String key,
      @Nullable String bucketingKey,
      @Nullable Object attr) {
    SplitView view = factory.manager().split(flag);
    if (view == null) {
      return null;
    }
    return new FlagReport(view, key == null ? null : explain(flag, key, bucketingKey, attr));
  }

  private Explanation explain(
      String flag, String key, @Nullable String bucketingKey, @Nullable Object attr) {
    Key who = bucketingKey == null ? Key.of(key) : Key.of(key, bucketingKey);
    return factory.client().explain(who, flag, AttributeParameters.read(attr));
  }

  private Page page(int number, int size) {
    List<String> names = factory.manager().splitNames();
    List<SplitView> items =
        names.stream()
            .sorted()
            .skip((long) number * size)
            .limit(size)
            .map(name -> factory.manager().split(name))
            .filter(Objects::nonNull) // it may just have been removed
            .toList();
    return new Page(number, size, names.size(), items);
  }

  private static void check(boolean valid, String reason) {
    if (!valid) {
      throw new InvalidEndpointRequestException(reason, reason);
    }
  }

  /**
   * The SDK at one moment.
   *
   * @param sdk what it says of itself
   * @param flags one page of its flags
   */
  public record Overview(SdkHealth sdk, Page flags) {}

  /**
   * Some of the flags.
   *
   * @param page the number of this page, from 0
   * @param size how many flags a page holds at most
   * @param total how many flags there are
   * @param items the flags of this page
   */
  public record Page(int page, int size, int total, List<SplitView> items) {}

  /**
   * One flag.
   *
   * @param flag its definition
   * @param explanation how it decides for the key that was given, if any
   */
  public record FlagReport(SplitView flag, @Nullable Explanation explanation) {}
}
