package io.splitio.fake.data;

import io.splitio.fake.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The feature flags of the service; every change gets a number and is announced. */
public final class Flags {
  private final Definitions definitions;
  private final ChangeListener listener;

  /** No flags yet. */
  public Flags(ChangeNumbers numbers, ChangeListener listener) {
    this.definitions = new Definitions(numbers);
    this.listener = listener;
  }

  /** Creates or replaces a flag; returns the change number. */
  public long put(Flag flag) {
    return put(flag.json());
  }

  /**
   * Creates or replaces a flag given as the protocol's JSON, whose change number is replaced by the
   * next one, which is returned.
   */
  public long put(String json) {
    return definitions.put(Json.object(json), this::announce);
  }

  /** Kills a flag with this treatment as its default; returns the change number. */
  public long kill(String name, String treatment) {
    return definitions.change(
        name,
        fields -> {
          fields.put("killed", true);
          fields.put("defaultTreatment", treatment);
          return fields;
        },
        change -> listener.flagKilled(change.definition().changeNumber(), name, treatment));
  }

  /** Brings a killed flag back; returns the change number. */
  public long restore(String name) {
    return set(name, "killed", false);
  }

  /** Archives a flag, after which the SDKs do not know it any more; returns the change number. */
  public long archive(String name) {
    return set(name, "status", "ARCHIVED");
  }

  /** Replaces one member of a flag's definition; returns the change number. */
  public long set(String name, String member, @Nullable Object value) {
    return definitions.change(
        name,
        fields -> {
          fields.put(member, value);
          return fields;
        },
        this::announce);
  }

  /** The flag's definition as JSON; empty when it never was. */
  public Optional<String> get(String name) {
    return definitions.get(name);
  }

  /** The names of the flags that are not archived, oldest change first. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    definitions
        .everything()
        .definitions()
        .forEach(
            flag -> {
              if (flag.active()) {
                names.add(flag.name());
              }
            });
    return names;
  }

  /** The number of the last change, -1 when there was none. */
  public long changeNumber() {
    return everything().till();
  }

  /** All flags, archived ones included. */
  public Page everything() {
    return definitions.everything();
  }

  /** All flags as the content delivery network knows them. */
  public Page cached() {
    return definitions.cached();
  }

  /** From now on the content delivery network knows nothing new. */
  public void freeze() {
    definitions.freeze();
  }

  /** The content delivery network is up to date again. */
  public void thaw() {
    definitions.thaw();
  }

  private void announce(Definitions.Change change) {
    Definition flag = change.definition();
    listener.flagChanged(flag.changeNumber(), change.previous(), flag);
  }
}
