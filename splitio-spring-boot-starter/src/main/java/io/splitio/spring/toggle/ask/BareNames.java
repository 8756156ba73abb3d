package io.splitio.spring.toggle.ask;

import org.jspecify.annotations.Nullable;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.InlineMap;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;

/**
 * Finds properties and methods that belong to nothing, such as {@code plan} where {@code #plan} was
 * meant. Expressions of annotations have no root object, so these fail at every call.
 */
final class BareNames {
  private BareNames() {}

  /** The first one in an expression, or null. */
  static @Nullable SpelNode in(SpelNode node) {
    if (needsOwner(node)) {
      return node;
    }
    if (node instanceof CompoundExpression) {
      return inChain(node);
    }
    // of a map in braces, every other part is a key, which is a text even without quotes
    return node instanceof InlineMap ? inParts(node, 1, 2) : inParts(node, 0, 1);
  }

  private static boolean needsOwner(SpelNode node) {
    return node instanceof PropertyOrFieldReference
        || node instanceof MethodReference
        || isOfElements(node)
        || node instanceof Indexer;
  }

  private static boolean isOfElements(SpelNode node) {
    return node instanceof Projection || node instanceof Selection;
  }

  /** In {@code a.b.c}, only the first has no owner; what is in brackets stands for itself. */
  private static @Nullable SpelNode inChain(SpelNode chain) {
    SpelNode found = in(chain.getChild(0));
    for (int i = 1; i < chain.getChildCount() && found == null; i++) {
      found = inLink(chain.getChild(i));
    }
    return found;
  }

  private static @Nullable SpelNode inLink(SpelNode link) {
    if (isOfElements(link)) {
      return null; // there, names belong to each element
    }
    boolean namesEntry =
        link instanceof Indexer && link.getChild(0) instanceof PropertyOrFieldReference;
    return namesEntry ? null : inParts(link, 0, 1);
  }

  private static @Nullable SpelNode inParts(SpelNode node, int first, int step) {
    for (int i = first; i < node.getChildCount(); i += step) {
      SpelNode found = in(node.getChild(i));
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
